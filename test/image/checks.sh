# shellcheck shell=bash
# What the image promises (docs/container.md), one function a promise.

TOKEN=Coder-Session-Token=API_KEY
ADMIN_TOKEN=let-me-in

run_checks() {
  check "the image says how it is run, stopped and checked" image_configuration
  check "it starts hardened and becomes healthy" start main --env "CODER_TASKS_MOCK_ADMIN_TOKEN=$ADMIN_TOKEN" --
  # Everything else would fail for the same reason, each after a long wait.
  ((FAILED == 0)) || return 0
  check "the engine calls it healthy" engine_says_healthy
  check "it runs unprivileged and can write nowhere" unprivileged
  check "neither sources nor development packages are inside" lean
  check "a task request is answered" answers_tasks
  check "the admin API wants its token, health does not" admin_is_guarded
  check "without a given admin token the admin API is closed too" admin_is_guarded_by_default
  check "the port variables reach program and health check" other_port
  check "arguments reach the program" arguments_reach_the_program
  check "without the admin API it is healthy all the same" admin_switched_off
  check "any other user id will do" run_once 0 --user 12345:12345 -- --version
  check "a built-in scenario is served by name" built_in_scenario
  check "a scenario mounted at /scenarios is served" mounted_scenario
  check "a broken scenario ends with exit code 2 and says why" broken_scenario
  check "an unknown scenario ends with exit code 2 and says why" unknown_scenario
  check "SIGTERM ends it within a second, a client in mid-request" stops_within_a_second main TERM
  check "SIGINT ends it within a second" stops_within_a_second other-port INT
}

image_configuration() {
  local format='{{.Config.User}}|{{join .Config.Entrypoint " "}}|{{.Config.StopSignal}}|{{range $port, $_ := .Config.ExposedPorts}}{{$port}}{{end}}|{{len .Config.Volumes}}'
  expect configuration '1000:1000|node /app/dist/cli/main.js|SIGTERM|8080/tcp|0' \
    "$(engine image inspect --format "$format" "$IMAGE")"
  expect_match "health check" /__admin/health "$(engine image inspect --format '{{.HealthCheck.Test}}' "$IMAGE")"
  expect_match labels 'image.title:coder-tasks-mock' "$(engine image inspect --format '{{.Labels}}' "$IMAGE")"
}

engine_says_healthy() {
  expect "health status" healthy "$(engine inspect --format '{{.State.Health.Status}}' "$RUN-main")"
}

unprivileged() {
  local status place
  status=$(grep -E '^(Uid|CapEff|NoNewPrivs):' "/proc/$(pid_of main)/status" | tr '\n\t' '  ')
  expect_match "user" 'Uid: 1000 1000 1000 1000' "$status"
  expect_match "capabilities" 'CapEff: 0000000000000000' "$status"
  expect_match "no new privileges" 'NoNewPrivs: 1' "$status"
  for place in / /app /app/dist /scenarios /tmp; do
    if engine exec "$RUN-main" touch "$place/written" 2>/dev/null; then
      echo "could write to $place"
      return 1
    fi
  done
}

lean() {
  local inside
  inside=$(engine exec "$RUN-main" ls /app /app/node_modules /scenarios)
  expect_match "production packages" $'\npino\n' "$inside"
  if grep -xE 'src|test|typescript|vitest|tsx|express|ws' <<<"$inside"; then
    echo "is inside, but nothing needs it at run time"
    return 1
  fi
}

answers_tasks() {
  local answer
  answer=$(ask main GET /api/v2/tasks "$TOKEN")
  expect status 200 "$(head -n 1 <<<"$answer")"
  expect "there are tasks" true "$(json 'body.count > 0 && body.tasks.length > 0' <<<"$answer")"
  expect "status without a token" 401 "$(status_of main GET /api/v2/tasks)"
}

admin_is_guarded() {
  expect "health without a token" 200 "$(status_of main GET /__admin/health)"
  expect "state without a token" 401 "$(status_of main GET /__admin/state)"
  expect "state with a wrong token" 401 "$(status_of main GET /__admin/state 'Authorization=Bearer wrong')"
  expect "state with the token" 200 "$(status_of main GET /__admin/state "Authorization=Bearer $ADMIN_TOKEN")"
}

admin_is_guarded_by_default() {
  start other-port --env PORT=9090 --
  expect "state without a token" 401 "$(PORT_INSIDE=9090 status_of other-port GET /__admin/state)"
}

other_port() {
  expect "status at PORT" 200 "$(PORT_INSIDE=9090 status_of other-port GET /api/v2/tasks "$TOKEN")"
  start own-port --env PORT=9090 --env CODER_TASKS_MOCK_PORT=9191 --
  expect "status at CODER_TASKS_MOCK_PORT" 200 "$(PORT_INSIDE=9191 status_of own-port GET /api/v2/tasks "$TOKEN")"
}

arguments_reach_the_program() {
  local version
  version=$(node -p 'require(process.argv[1]).version' "$ROOT/package.json")
  expect_match "what --version prints" "${version//./\\.}" "$(run_once 0 -- --version)"
}

admin_switched_off() {
  start closed -- --no-admin
  expect "state" 404 "$(status_of closed GET /__admin/state)"
}

built_in_scenario() {
  start empty -- --scenario empty
  expect "number of tasks" 0 "$(ask empty GET /api/v2/tasks "$TOKEN" | json body.count)"
}

mounted_scenario() {
  mkdir -p "$SCRATCH/scenarios"
  cp "$HERE/mine.yaml" "$SCRATCH/scenarios/mine.yaml"
  start mounted --volume "$SCRATCH/scenarios:/scenarios:ro" -- --scenario /scenarios/mine.yaml
  expect "names of the tasks" only-in-this-file \
    "$(ask mounted GET /api/v2/tasks "$TOKEN" | json 'body.tasks.map((task) => task.name).join()')"
}

broken_scenario() {
  mkdir -p "$SCRATCH/broken"
  printf 'tasks: 17\nno-such-key: true\n' >"$SCRATCH/broken/broken.yaml"
  refuses /scenarios/broken.yaml 'broken\.yaml' --volume "$SCRATCH/broken:/scenarios:ro"
}

unknown_scenario() {
  refuses no-such-scenario no-such-scenario
}

refuses() { # refuses SCENARIO WHAT-THE-MESSAGE-NAMES [podman option...]
  local scenario=$1 named=$2 output
  shift 2
  output=$(run_once 2 "$@" -- --scenario "$scenario") || {
    printf '%s\n' "$output"
    return 1
  }
  expect_match message "$named" "$output"
  if grep -E '^ +at ' <<<"$output"; then
    echo "is a stack trace, which helps nobody with a mistake in a scenario"
    return 1
  fi
}

# Signals come from outside the container's process namespace, as an engine sends them: to PID 1.
stops_within_a_second() {
  local name=$1 signal=$2 pid begin took
  pid=$(pid_of "$name")
  hold_connection "$name"
  begin=$EPOCHREALTIME
  kill "-$signal" "$pid"
  wait_until 10 gone "$pid"
  took=$(milliseconds_since "$begin")
  echo "gone after $took ms"
  expect "exit code" 0 "$(engine wait "$RUN-$name")"
  ((took < 1000))
}

gone() {
  ! kill -0 "$1" 2>/dev/null
}

# A client that has had one answer and has sent half of its next request: it holds a server that waits for
# every client to finish.
hold_connection() {
  local name=$1 said=$SCRATCH/$1-connection port=8080
  [[ $name == other-port ]] && port=9090
  in_network_of "$name" node -e '
    const socket = require("node:net").connect(Number(process.argv[1]), "127.0.0.1");
    const half = "GET /__admin/health HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    socket.write(`${half}\r\n`);
    socket.once("data", () => socket.write(half, () => console.log("held")));
    socket.on("error", () => process.exit());
  ' "$port" >"$said" 2>&1 &
  wait_until 10 grep -q held "$said"
}
