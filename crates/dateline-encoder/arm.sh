#!/usr/bin/env bash
# Runs the encoder's tests as an ARM machine with dot products would, under emulation: `arm.sh [FOLDER]`.
#
# FOLDER (target/arm) takes a Debian with its own Rust for ARM, some 1.5 GB that a second run uses again. Needs root, debootstrap and
# Debian's packages; says "skipped" and ends well where they are not to be had.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$repository/target/arm}
debian=http://deb.debian.org/debian

skip() {
    echo "skipped: $1, and with it the encoder's tests for ARM"
    exit 0
}

[ "$(id -u)" = 0 ] || skip "not root"
command -v debootstrap >/dev/null || skip "no debootstrap"
mkdir -p "$folder"
if ! [ -e "$folder/ready" ]; then
    # Only Debian's newest has a compiler as new as we need; its index counts as expired where a mirror lags.
    debootstrap --variant=minbase sid "$folder" "$debian" >"$folder.log" 2>&1 || skip "no Debian to install ($folder.log)"
    chroot "$folder" sh -ec '
        export DEBIAN_FRONTEND=noninteractive
        dpkg --add-architecture arm64
        apt-get -o Acquire::Check-Valid-Until=false update
        apt-get install -y --no-install-recommends ca-certificates cargo gcc gcc-aarch64-linux-gnu libc6-dev libc6-dev-arm64-cross \
            libstd-rust-dev:arm64 qemu-user rustc
        touch /ready' >>"$folder.log" 2>&1 || skip "no Rust for ARM ($folder.log)"
fi
rm -rf "$folder/src"
mkdir -p "$folder/src"
(cd "$repository" && git ls-files -z --cached --others --exclude-standard crates Cargo.toml Cargo.lock fuzz | tar cf - --null -T -) | tar xf - -C "$folder/src"
# The crates are fetched outside, where whatever the user has set for cargo holds.
cargo fetch --manifest-path "$folder/src/Cargo.toml" --quiet
mkdir -p "$folder/root/.cargo"
cp -a "${CARGO_HOME:-$HOME/.cargo}/registry" "$folder/root/.cargo/"
chroot "$folder" env -i HOME=/root PATH=/usr/bin:/bin CARGO_TARGET_DIR=/target CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64 -cpu max -L /usr/aarch64-linux-gnu" RUSTFLAGS="-D warnings" \
    cargo test --offline --manifest-path /src/Cargo.toml -p dateline-encoder --lib --target aarch64-unknown-linux-gnu
