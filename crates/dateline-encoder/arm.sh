#!/usr/bin/env bash
# Runs the encoder's tests as an ARM machine with dot products would, under emulation: `arm.sh [FOLDER]`.
#
# FOLDER (target/arm) takes a Debian with its own Rust for ARM, some 1.5 GB that a second run uses again. Says "skipped" and ends well
# where this machine cannot install one: it needs root, debootstrap and Debian's packages. All else that goes wrong is a failure,
# crates that are missing included.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$repository/target/arm}
system=$folder/debian
log=$folder/debian.log

skip() {
    echo "skipped: $1, and with it the encoder's tests for ARM"
    exit 0
}

[ "$(id -u)" = 0 ] || skip "not root"
for program in cargo debootstrap git; do
    command -v "$program" >/dev/null || skip "no $program"
done
mkdir -p "$folder"
if ! [ -e "$system/ready" ]; then
    # What an earlier run left half-made, with what it may have mounted.
    umount "$system/proc" "$system/sys" 2>/dev/null || true
    rm -rf --one-file-system "$system"
    # Only Debian's newest has a compiler as new as we need; its index counts as expired where a mirror lags.
    debootstrap --force-check-gpg --variant=minbase sid "$system" http://deb.debian.org/debian >"$log" 2>&1 || skip "no Debian to install ($log)"
    chroot "$system" dpkg --add-architecture arm64
    chroot "$system" apt-get -o APT::Update::Error-Mode=any -o Acquire::Check-Valid-Until=false update >>"$log" 2>&1 || skip "no index of Debian's packages ($log)"
    if ! DEBIAN_FRONTEND=noninteractive chroot "$system" apt-get install -y --no-install-recommends ca-certificates cargo gcc \
        gcc-aarch64-linux-gnu libc6-dev libc6-dev-arm64-cross libstd-rust-dev:arm64 qemu-user rustc >>"$log" 2>&1; then
        echo "Rust for ARM does not install: see $log" >&2
        exit 1
    fi
    touch "$system/ready"
fi
rm -rf "$system/src" "$system/root/.cargo"
mkdir -p "$system/src" "$system/root/.cargo"
(
    cd "$repository"
    git ls-files -z --cached --others --exclude-standard crates Cargo.toml Cargo.lock |
        while IFS= read -r -d '' file; do if [ -e "$file" ]; then printf '%s\0' "$file"; fi; done |
        tar cf - --null -T -
) | tar xf - -C "$system/src"
# Crates come through this user's cargo; inside is no network.
cargo fetch --quiet --locked --manifest-path "$system/src/Cargo.toml" --target aarch64-unknown-linux-gnu --target x86_64-unknown-linux-gnu
cp -aL "${CARGO_HOME:-$HOME/.cargo}/registry" "$system/root/.cargo/"
chroot "$system" env -i HOME=/root PATH=/usr/bin:/bin CARGO_TARGET_DIR=/target RUSTFLAGS="-D warnings" \
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64 -cpu max -L /usr/aarch64-linux-gnu" \
    cargo test --offline --locked --manifest-path /src/Cargo.toml -p dateline-encoder --lib --target aarch64-unknown-linux-gnu -- --include-ignored
