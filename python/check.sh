#!/usr/bin/env bash
# Everything that must hold of the Python package: format, lints, a wheel from clean, and in a fresh environment with that wheel installed the
# tests, the examples of the documentation, the types and the notebooks.
#
#   python/check.sh [WORK]     WORK keeps the virtual environments between runs [default: a folder that is taken away]
#
# Needs python3 (3.11 or newer) and a package index; the Spark tests need Java 17 and are left out, and said to be, where there is none. Set
# REPORTS to have more than 1,000 varied reports coded on Spark in each partitioning; the other tests take fewer.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
if [ $# -gt 0 ]; then
    mkdir -p "$1"
    work=$(cd "$1" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
# One folder for both workspaces: what they have in common is built once.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
step() { printf '== %s (%s)\n' "$*" "$(date +%T)"; }

step "format and lints of crates/dateline-python"
(cd crates/dateline-python && cargo fmt --check && cargo clippy --release -- -D warnings)

step "wheel"
[ -x "$work/build/bin/maturin" ] || { python3 -m venv "$work/build" && "$work/build/bin/pip" install -q 'maturin>=1.10,<2'; }
rm -rf "$work/dist"
(cd python && "$work/build/bin/maturin" build -q --release --out "$work/dist")
wheel=$(ls "$work"/dist/*.whl)
size=$(stat -c %s "$wheel" 2>/dev/null || stat -f %z "$wheel")
echo "$(basename "$wheel"): $size bytes"
[ "$size" -lt 60000000 ] || { echo "the wheel is larger than 60 MB" >&2; exit 1; }

step "fresh environment"
extras=check
java -version >/dev/null 2>&1 && extras=check,spark
rm -rf "$work/fresh"
python3 -m venv "$work/fresh"
"$work/fresh/bin/pip" install -q "$wheel[$extras]"
py=$work/fresh/bin/python

step "program and varied reports to compare with"
cargo build --release -q -p dateline -p dateline-xtask
export DATELINE="$CARGO_TARGET_DIR/release/dateline"
export DATELINE_VARIED="$work/varied.jsonl"
export DATELINE_MANY="$work/many.jsonl"
"$CARGO_TARGET_DIR/release/dateline-xtask" variants 120 "$DATELINE_VARIED"
"$CARGO_TARGET_DIR/release/dateline-xtask" variants "${REPORTS:-1000}" "$DATELINE_MANY"

# Outside the repository, so that what is tested is the installed package and not the source beside it.
run=$work/run
rm -rf "$run" && mkdir "$run" && cd "$run"
pytest=("$py" -m pytest -p no:cacheprovider -c "$root/python/pyproject.toml" --rootdir "$root/python" -W ignore::FutureWarning)

step "tests"
if [ $extras = check ]; then
    echo "skipped: Java absent, and with it the Spark tests"
    "${pytest[@]}" -m "not spark" "$root/python/tests"
else
    "${pytest[@]}" "$root/python/tests"
fi

step "examples in docstrings"
"${pytest[@]}" --doctest-modules --pyargs dateline

step "types: the package, the examples, the notebooks, the tests"
mkdir notebooks
"$py" "$root/python/examples/run_notebooks.py" --scripts notebooks
mypy=("$py" -m mypy --strict --config-file "$root/python/pyproject.toml" --cache-dir "$work/mypy")
"${mypy[@]}" -p dateline
"${mypy[@]}" "$root"/python/examples/*.py "$root"/python/bench/*.py notebooks/*.py
(cd "$root/python/tests" && "${mypy[@]}" ./*.py)

step "notebooks"
MPLBACKEND=agg "$py" "$root/python/examples/run_notebooks.py"
step "all fine"
