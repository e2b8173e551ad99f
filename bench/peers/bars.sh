#!/bin/sh
# usage: bench/peers/bars.sh SHAPE FOLDER [ROUNDS [STEPS]]      SHAPE is small or gpt2; PYTHON names a Python that has torch
# Takes the same STEPS (60) steps of seeded tokens with Alluvium and PyTorch in turn: in BF16, in FP32, and in FP32 without native
# code on our side; ROUNDS (3) times. Losses must agree before speeds are compared. Outputs are left in FOLDER.
set -eu

[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
root=$(cd "$(dirname "$0")/../.." && pwd)
shape=$1
folder=$2
rounds=${3:-3}
steps=${4:-60}
python=${PYTHON:-python3}
threads=${THREADS:-2}
case $shape in
  small) vocabulary=8192 ;;
  gpt2) vocabulary=50257 ;;
  *) echo "no shape $shape: small or gpt2" >&2; exit 64 ;;
esac

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
dump=$folder/dump

ours() {
  "$root/bench/run.sh" peers.DumpTraining "$dump" --threads "$threads" "$@"
}

torch() {
  "$python" "$root/bench/peers/torch_curve.py" "$dump" --threads "$threads" "$@"
}

compare() {
  echo "round $round, $1 (load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null))"
  "$root/bench/run.sh" peers.SpeedComparison --tolerance "$2" "$folder/$3-$round.jsonl" "$folder/$4-$round.jsonl"
}

"$root/bench/run.sh" peers.DumpCommand --config "$root/bench/peers/$shape.yaml" --synthetic "$vocabulary" --steps "$steps" "$dump"
round=1
while [ "$round" -le "$rounds" ]; do
  ours --precision bf16 > "$folder/bf16-$round.jsonl"
  torch --bf16 > "$folder/torch-bf16-$round.jsonl"
  compare BF16 1e-2 bf16 torch-bf16
  ours --precision fp32 > "$folder/fp32-$round.jsonl"
  torch > "$folder/torch-fp32-$round.jsonl"
  compare FP32 1e-3 fp32 torch-fp32
  ours --without-library > "$folder/vector-$round.jsonl"
  compare "FP32 without native code" 1e-3 vector torch-fp32
  round=$((round + 1))
done
