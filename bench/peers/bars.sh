#!/bin/sh
# usage: bench/peers/bars.sh SHAPE FOLDER [ROUNDS [STEPS]]      SHAPE is small or gpt2; PYTHON names a Python that has torch
# Takes the same STEPS (60) steps of seeded tokens with Alluvium and two PyTorchs (Python's, and 2.7.1's native library) in turn:
# in BF16, in FP32, and in FP32 without native code on our side; ROUNDS (3) times. Losses must agree before speeds are compared.
# Outputs are left in FOLDER. UNDER is a command to run each training with, for example "nice -n -10". WARM_UP (10) first steps do
# not count.
set -eu

[ $# -ge 2 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 64; }
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

# NAME COMMAND...: the command's lines of steps, left under that name
train() {
  name=$1
  shift
  # shellcheck disable=SC2086 # UNDER may be several words
  ${UNDER:-} "$@" "$dump" --threads "$threads" > "$folder/$name-$round.jsonl" 2> "$folder/$name-$round.err" ||
    { cat "$folder/$name-$round.err" >&2; exit 1; }
}

# NAME OPTIONS...
ours() {
  ours=$1
  shift
  train "$ours" "$root/bench/run.sh" peers.DumpTraining "$@"
}

# NAME OPTIONS...
pytorchs() {
  theirs=$1
  shift
  train "torch-$theirs" "$python" "$root/bench/peers/torch_curve.py" "$@"
  train "libtorch-$theirs" "$root/bench/peers/libtorch.sh" "$@"
}

# WHAT TOLERANCE OURS THEIRS
compare() {
  for peer in torch libtorch; do
    echo "round $round, $1, beside $peer (load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null))"
    "$root/bench/run.sh" peers.SpeedComparison --warm-up "${WARM_UP:-10}" --tolerance "$2" \
      "$folder/$3-$round.jsonl" "$folder/$peer-$4-$round.jsonl"
  done
}

"$root/bench/run.sh" peers.DumpCommand --config "$root/bench/peers/$shape.yaml" --synthetic "$vocabulary" --steps "$steps" "$dump"
"$root/bench/peers/libtorch.sh" --help > /dev/null
export COMPILED=1
round=1
while [ "$round" -le "$rounds" ]; do
  ours bf16 --precision bf16
  pytorchs bf16 --bf16
  compare BF16 1e-2 bf16 bf16
  ours fp32 --precision fp32
  pytorchs fp32
  compare FP32 1e-3 fp32 fp32
  ours vector --without-library
  compare "FP32 without native code" 1e-3 vector fp32
  round=$((round + 1))
done
