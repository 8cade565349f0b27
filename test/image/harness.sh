# shellcheck shell=bash
# Counting checks, bounded waits, and requests from inside a container's network.

PASSED=0
FAILED=0

clean_up() {
  remove_containers
  rm -rf "$SCRATCH"
}

# All of them: the storage is this test's own, and the lock keeps other runs out. Also what a killed run left.
remove_containers() {
  engine rm --all --force --time 0 >/dev/null
}

# check NAME COMMAND...: the command's output is shown only when it fails.
check() {
  local name=$1 output status begin=$EPOCHREALTIME
  shift
  set +e
  # A subshell of its own, because `set -e` does not work inside a condition.
  output=$(
    set -euo pipefail
    "$@" 2>&1
  )
  status=$?
  set -e
  if ((status == 0)); then
    PASSED=$((PASSED + 1))
    printf 'ok    %s (%d ms)\n' "$name" "$(milliseconds_since "$begin")"
  else
    FAILED=$((FAILED + 1))
    printf 'FAIL  %s\n' "$name"
    printf '%s\n' "${output:-(no output, exit code $status)}" | sed 's/^/        /'
  fi
}

milliseconds_since() {
  local now=$EPOCHREALTIME
  echo $(((${now/[.,]/} - ${1/[.,]/}) / 1000))
}

# wait_until SECONDS COMMAND...
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS >= deadline)); then
      echo "gave up waiting for: $*"
      return 1
    fi
    sleep 0.05
  done
}

expect() { # expect WHAT WANTED GOT
  [[ $2 == "$3" ]] && return
  printf '%s: expected %s, got %s\n' "$1" "$2" "$3"
  return 1
}

expect_match() { # expect_match WHAT REGEX GOT
  [[ $3 =~ $2 ]] && return
  printf '%s: expected a match of %s, got: %s\n' "$1" "$2" "$3"
  return 1
}

pid_of() {
  engine inspect --format '{{.State.Pid}}' "$RUN-$1"
}

in_network_of() { # in_network_of NAME COMMAND...
  local pid
  pid=$(pid_of "$1")
  shift
  timeout -k 5 30 nsenter --target "$pid" --net -- "$@" </dev/null
}

# ask NAME METHOD PATH [HEADER=VALUE...]: prints the status, then the body. PORT_INSIDE changes the port.
ask() {
  local name=$1
  shift
  in_network_of "$name" node -e '
    const [port, method, path, ...pairs] = process.argv.slice(1);
    const headers = Object.fromEntries(pairs.map((pair) => pair.split("=", 2)));
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers, signal: AbortSignal.timeout(10_000) })
      .then(async (response) => console.log(`${response.status}\n${await response.text()}`));
  ' "${PORT_INSIDE:-8080}" "$@"
}

status_of() {
  ask "$@" | head -n 1
}

# json EXPRESSION: of the body of what `ask` printed; the body is called `body`.
json() {
  node -e '
    const text = require("node:fs").readFileSync(0, "utf8");
    const body = JSON.parse(text.slice(text.indexOf("\n") + 1));
    console.log(new Function("body", `return ${process.argv[1]}`)(body));
  ' "$1"
}

# start NAME [podman option...] -- [program argument...]: in the background, waits until it is healthy.
start() {
  local name=$1
  shift
  hardened_run --detach --name "$RUN-$name" "$@" >/dev/null
  become_healthy "$RUN-$name"
}

become_healthy() {
  wait_until 20 healthy_or_gone "$1" && running "$1" && return
  echo "$1 is $(engine inspect --format '{{.State.Status}}' "$1"), but not healthy; its log:"
  engine logs --tail 20 "$1" 2>&1
  return 1
}

running() {
  [[ $(engine inspect --format '{{.State.Status}}' "$1") == running ]]
}

# Runs the image's own health check, which the engine calls by a timer where there is systemd.
healthy_or_gone() {
  engine healthcheck run "$1" >/dev/null 2>&1 || ! running "$1"
}

# run_once EXPECTED-EXIT-CODE [podman option...] -- [program argument...]: prints what the program printed.
run_once() {
  local wanted=$1 status=0 output
  shift
  output=$(hardened_run --rm --name "$RUN-once" "$@" 2>&1) || status=$?
  printf '%s\n' "$output"
  expect "exit code" "$wanted" "$status"
}
