#!/usr/bin/env bash
# usage: tokenizer/make-assigned.sh JAVA17 > tokenizer/src/main/resources/org/alluvium/tokenizer/train/assigned-13.0.0.txt
# Makes the table of characters that Unicode 13.0.0 has, the version that the normalization rules of SentencePiece go by, from
# a JVM of Java 17, which goes by the same one. A line is: first code point, last code point.
set -euo pipefail
[ $# = 1 ] || { sed -n 2p "$0" >&2; exit 64; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Assigned.java" <<'JAVA'
class Assigned {
    public static void main(String[] args) {
        int first = -1;
        for (int point = 0; point <= Character.MAX_CODE_POINT + 1; point++) {
            boolean there = point <= Character.MAX_CODE_POINT && Character.isDefined(point);
            if (there && first < 0) {
                first = point;
            } else if (!there && first >= 0) {
                System.out.printf("%X %X%n", first, point - 1);
                first = -1;
            }
        }
    }
}
JAVA
"$1" -XshowSettings:properties -version 2>&1 | grep -q 'java.specification.version = 17$' || { echo "not Java 17: $1" >&2; exit 65; }
echo "# Characters of Unicode 13.0.0, made by tokenizer/make-assigned.sh; licence: https://www.unicode.org/license.txt"
"$1" "$work/Assigned.java"
