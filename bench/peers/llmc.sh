#!/bin/sh
# usage: bench/peers/llmc.sh DUMP LLMC [STEPS]      LLMC is a checkout of llm.c; PYTHON names a Python that has numpy
# Builds a copy of llm.c's train_gpt2.c with the dump's rows and context and prints how fast it takes STEPS (8) steps.
set -eu

[ $# -ge 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 64; }
root=$(cd "$(dirname "$0")/../.." && pwd)
dump=$1
llmc=$2
steps=${3:-8}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$llmc/train_gpt2.c" "$llmc/llmc" "$work/"
size=$("${PYTHON:-python3}" "$root/bench/peers/llmc_inputs.py" "$dump" "$work")
cd "$work"
# its rows, context and number of steps are constants; validation and sampling are left out
sed -i "s/int B = 4;/int B = ${size% *};/; s/int T = 64;/int T = ${size#* };/; s/step <= 40/step < $steps/" train_gpt2.c
sed -i 's/if (step % 10 == 0)/if (0)/; s/if (step > 0 \&\& step % 20 == 0)/if (0)/' train_gpt2.c
cc -O3 -Ofast -march=native -fopenmp -Wno-unused-result train_gpt2.c -lm -o train_gpt2
OMP_NUM_THREADS=${THREADS:-2} ./train_gpt2 | awk -v tokens="$((${size% *} * ${size#* }))" '
  /took/ { ms = $0; sub(/.*took /, "", ms); sub(/ ms.*/, "", ms); n++; if (n > 1) speed[n - 1] = tokens / ms * 1000; print }
  END { for (i = 1; i < n; i++) { sum += speed[i]; if (speed[i] > best) best = speed[i] }
        printf "llm.c: %.0f tokens/s in the mean of %d steps, best %.0f\n", sum / (n - 1), n - 1, best }'
