# shellcheck shell=bash
# Runs the shell samples of a page as they stand, in the page's order, with the engine that is here.

# Samples of compose are left out: Debian has no engine for them that works without a daemon.
run_samples() { # run_samples PAGE
  local script=$SCRATCH/samples.sh
  awk '
    /^```sh$/ { inside = 1; block = ""; next }
    inside && /^```$/ { inside = 0; if (block !~ /docker compose/) { printf "%s", block; count++ } next }
    inside { block = block $0 "\n" }
    END { if (count == 0) print "echo no sample found; false" }
  ' "$1" >"$script"
  mkdir -p "$SCRATCH/my-scenarios"
  cp "$HERE/mine.yaml" "$SCRATCH/my-scenarios/mine.yaml"
  cd "$SCRATCH" || return
  set -x
  # shellcheck source=/dev/null
  source "$script"
}

# What the samples call `docker`: the same words for the engine of this test.
docker() {
  { set +x; } 2>/dev/null
  case $1 in
    build) sample_build "${@:2}" ;;
    run) sample_run "${@:2}" ;;
    inspect)
      # Nothing calls the health check by itself where there is no systemd.
      engine healthcheck run "${*: -1}" >/dev/null 2>&1 || true
      engine "$@"
      ;;
    *) engine "$@" ;;
  esac
  set -x
}

sample_build() {
  local tag options=()
  while (($# > 1)); do
    if [[ $1 == -t ]]; then tag=$2; else options+=("$1" "$2"); fi
    shift 2
  done
  build_image "$tag" "${options[@]}"
}

# Ports are not published, as this machine's may be taken: `curl` below goes to where the container listens.
sample_run() {
  local options=() detached=false
  while (($# > 0)); do
    case $1 in
      -p) shift ;;
      -d) detached=true ;&
      *) options+=("$1") ;;
    esac
    shift
  done
  engine run --pull never --network none --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 "${options[@]}"
  # Or a sample whose container dies at once would pass.
  if $detached; then become_healthy mock; fi
}

# Answers are cut, so that a failed sample can be found among them.
curl() {
  timeout 30 nsenter --target "$(engine inspect --format '{{.State.Pid}}' mock)" --net -- \
    curl --silent --show-error --max-time 20 "$@" | cut -c 1-200
}
