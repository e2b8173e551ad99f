#!/bin/sh
# usage: bench/peers/speed.sh CONFIG FOLDER [STEPS [ROUNDS]]      PYTHON names a Python that has torch; THREADS, both sides' threads (2)
# Trains the first STEPS (60) of a run with Alluvium and with PyTorch in turn, ROUNDS (2) times, and compares each pair.
# New runs, outputs and reports are left in FOLDER; the configuration's own run is not touched. Its corpus must be complete.
set -eu

[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
root=$(cd "$(dirname "$0")/../.." && pwd)
config=$1
folder=$2
steps=${3:-60}
rounds=${4:-2}
python=${PYTHON:-python3}
threads=${THREADS:-2}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

load() {
  [ ! -r /proc/loadavg ] || echo "$1: load $(cut -d' ' -f1-3 /proc/loadavg)"
}

# The decay is left out, as it does not fit so few steps; a learning rate costs no time.
set -- --config "$config" --set "train.steps=$steps" --set train.optimizer.decaySteps=0 --set "train.threads=$threads"
"$root/bench/run.sh" peers.DumpCommand "$@" --steps "$steps" "$folder/dump"

round=1
while [ "$round" -le "$rounds" ]; do
  load "before Alluvium $round"
  "$root/alluvium" train "$@" --set "train.run=$folder/run-$round" --set train.checkpoint.every=1h \
    --set train.eval.everySteps=0 --set train.eval.sampleEverySteps=0
  load "before PyTorch $round"
  # shellcheck disable=SC2086 # TORCH_OPTIONS may be several words
  "$python" "$root/bench/peers/torch_curve.py" "$folder/dump" --threads "$threads" ${TORCH_OPTIONS:-} > "$folder/torch-$round.jsonl"
  load "after PyTorch $round"
  "$root/bench/run.sh" peers.CurveComparison "$folder/run-$round" "$folder/torch-$round.jsonl" "$folder/compare-$round.csv"
  round=$((round + 1))
done
