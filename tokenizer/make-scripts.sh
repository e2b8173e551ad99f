#!/usr/bin/env bash
# usage: tokenizer/make-scripts.sh Scripts-9.0.0.txt > tokenizer/src/main/resources/org/alluvium/tokenizer/train/scripts-9.0.0.txt
# Makes the table of scripts that says where the trainers cut words, from the Unicode Character Database
# (https://www.unicode.org/Public/9.0.0/ucd/Scripts.txt). Version 9.0.0, because SentencePiece's trainer goes by that one; a JVM has
# another, and not every JVM the same. A line is: first code point, last code point, script. What is missing is Common.
set -euo pipefail
[ $# = 1 ] || { sed -n 2p "$0" >&2; exit 64; }

echo "# Scripts of Unicode 9.0.0 other than Common, made by tokenizer/make-scripts.sh; licence: https://www.unicode.org/license.txt"
LC_ALL=C sed -nE 's/^([0-9A-F]+)(\.\.([0-9A-F]+))? *; *([A-Za-z_]+) .*/\1 \3 \4/p' "$1" |
  awk '{ last = NF == 3 ? $2 : $1; printf "%06d %s %s %s\n", length($1), $1, last, $NF }' |
  LC_ALL=C sort -k1,1 -k2,2 |
  perl -lane '
    next if $F[3] eq "Common";
    if (defined $script && $script eq $F[3] && hex($F[1]) == $end + 1) { $end = hex($F[2]); next }
    print join(" ", sprintf("%X", $start), sprintf("%X", $end), $script) if defined $script;
    ($start, $end, $script) = (hex($F[1]), hex($F[2]), $F[3]);
    END { print join(" ", sprintf("%X", $start), sprintf("%X", $end), $script) if defined $script }'
