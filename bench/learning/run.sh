#!/bin/sh
# usage: bench/learning/run.sh
# Trains the small preset on one pass over the demo corpus (about 20 minutes on two cores) and reports its held-out bits
# per byte beside gzip -9 and xz -9e. Interrupted, it goes on where it was.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
config="$root/bench/learning/alluvium.yaml"
cd "$root"
bench/run.sh WriteDemoCorpus .alluvium/learning/texts/europarl.lines.txt
./alluvium ingest --config "$config"
./alluvium train --config "$config"
bench/run.sh LearningReport "$config"
