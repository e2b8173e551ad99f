#!/bin/sh
# usage: bench/learning/ablation.sh VARIANTS DIR [OPTION...]      for example: bench/learning/ablation.sh bench/learning/rates.txt .alluvium/learning/rates --tokens 1000000 --seeds 1
# Trains every variant of a file on the demo corpus with every seed, and reports them beside the first. Interrupted, it goes on
# where it was.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
variants=$1
folder=$2
shift 2
cd "$root"
if [ ! -d .alluvium/learning/corpus ]; then
  bench/run.sh WriteDemoCorpus .alluvium/learning/texts/europarl.lines.txt
  ./alluvium ingest --config bench/learning/ablation.yaml
fi
bench/run.sh ablation.Ablation --config bench/learning/ablation.yaml --variants "$variants" "$folder" "$@"
