#!/bin/sh
# usage: bench/peers/libtorch.sh DUMP [--steps N] [--threads 2] [--bf16]
# Takes the steps of a dump with PyTorch 2.7.1's native library (200 MB, fetched once) and prints torch_curve.py's lines.
# COMPILED=1 takes what is compiled already.
set -eu

[ $# -gt 0 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
root=$(cd "$(dirname "$0")/../.." && pwd)
project=$root/bench/peers/libtorch
. "$root/bin/find-jdk.sh"
find_jdk || exit 69

[ -n "${COMPILED:-}" ] || (cd "$root" && ./mvnw -q -B -f "$project/pom.xml" compile dependency:build-classpath \
  -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime)
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Djava.library.path="$project/target/native" -Dorg.bytedeco.javacpp.pathsFirst=true \
  -cp "$project/target/classes:$(cat "$project/target/classpath.txt")" org.alluvium.bench.peers.libtorch.LibtorchCurve "$@"
