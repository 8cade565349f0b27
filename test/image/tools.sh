# shellcheck shell=bash
# What the image test stands on: Debian's buildah and podman, with a storage of their own.

# The line that CI looks for: nothing was tested, nothing is broken.
skip() {
  printf 'image test SKIPPED: %s\n' "$1"
  exit 0
}

missing_tools() {
  local tool
  for tool in buildah podman runc debootstrap flock nsenter curl; do
    command -v "$tool" >/dev/null || printf '%s ' "$tool"
  done
}

install_tools() {
  local missing
  missing=$(missing_tools)
  [[ -z $missing ]] && return
  command -v apt-get >/dev/null || skip "not installed: ${missing% }, and there is no apt-get to install them with"
  echo "installing with apt-get: ${missing% }"
  export DEBIAN_FRONTEND=noninteractive
  {
    timeout 120 apt-get update -qq &&
      timeout 240 apt-get install -y -qq --no-install-recommends \
        buildah podman runc debootstrap util-linux curl debian-archive-keyring
  } >"$CACHE/apt.log" 2>&1 </dev/null || skip "apt-get could not install ${missing% } ($(tail -n 1 "$CACHE/apt.log"))"
}

require_machine() {
  [[ $(uname -s) == Linux && $(uname -m) == x86_64 ]] || skip "needs Linux on x86_64, this is $(uname -s) on $(uname -m)"
  grep -qx 'ID=debian' /etc/os-release 2>/dev/null || skip "needs Debian, whose buildah and podman it is written for"
  [[ $(id -u) == 0 ]] || skip "needs root, to make a base image and to run containers"
}

# Own storage, so that no other image or container of this machine is seen or touched.
use_own_storage() {
  cat >"$CACHE/storage.conf" <<X
[storage]
driver = "overlay"
runroot = "$CACHE/run"
graphroot = "$CACHE/graph"
X
  export CONTAINERS_STORAGE_CONF=$CACHE/storage.conf
  buildah images >/dev/null 2>"$CACHE/storage.log" || skip "the container storage does not work here ($(tail -n 1 "$CACHE/storage.log"))"
}

# Every call is bounded: a container that hangs must end as a failed check, not as a hanging run.
# Without descriptor 9, or what watches over a container would hold the lock for as long as that lives.
# Log level fatal, because without systemd the engine complains at each start about its missing timers.
engine() {
  timeout -k 5 60 podman --runtime runc --cgroup-manager cgroupfs --log-level fatal "$@" </dev/null 9>&-
}

# hardened_run [podman option...] -- [program argument...]: as hardened as a careful user would run it.
# The ulimits are stated because the engine's own defaults cannot be set without CAP_SYS_RESOURCE.
# No network but the container's own loopback: nothing is exposed and no port can be taken.
hardened_run() {
  local options=()
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  engine run --pull never --network none --read-only --read-only-tmpfs=false --cap-drop ALL \
    --security-opt no-new-privileges --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    "${options[@]}" "$IMAGE" "$@"
}
