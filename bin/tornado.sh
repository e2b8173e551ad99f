# shellcheck shell=sh
# Sourced by the launchers, which have set $root and, before find_tornado, JAVA_HOME; where it is not a build of the sources that
# runs, also $jars and $work, the folders of its jars and of what a launch makes. Finds the SDK of TornadoVM and makes the
# JVM options of a process that may open an accelerator. An SDK that does not fit ends a JVM before a line of ours runs, so
# it is tried here, and what is missing is told to the process instead.

: "${root:?is set by the launcher}"
jars=${jars:-$root/cli/target/lib}
work=${work:-$root/cli/target}
options_file="$work/tornado.options"

# The version that the module for accelerators is built with: of the sources or, without them, of the jar.
tornado_version() {
  if [ -f "$root/pom.xml" ]; then
    sed -n 's:.*<tornado.version>\(.*\)</tornado.version>.*:\1:p' "$root/pom.xml"
  else
    for jar in "$jars"/tornado-api-*.jar; do
      printf '%s' "$jar" | sed -n 's:.*/tornado-api-\(.*\)\.jar$:\1:p'
    done
  fi
}

# Prints where a command may open an accelerator: 'here', in a 'child', or nothing. The configuration is not read: that
# takes longer than the options cost a process that has no use for them (0.15 s), so only the command line counts.
where_accelerated() { # command argument...
  case "$1" in
    train | sweep | doctor) where=here ;;
    up | demo) where=child ;;
    evaluate | generate | trace) where= ;; # by default on the CPU
    *) return 0 ;;
  esac
  previous=
  for argument; do
    case "$previous=$argument" in
      *backend=cpu | *backend=reference) where= ;;
      *backend=tornado) [ "$1" = up ] || where=here ;; # the demo asks what the device is
      *backend=auto) [ "$where" = child ] || where=here ;;
    esac
    previous=$argument
  done
  printf '%s' "$where"
}

# Prints the folder that is said to hold the SDK, whether or not it does; nothing where nobody says so.
tornado_sdk() {
  if [ -n "${TORNADOVM_HOME:-}" ]; then
    printf '%s' "$TORNADOVM_HOME"
  elif [ -d "${HOME:-}/.sdkman/candidates/tornadovm/current" ]; then
    printf '%s' "$HOME/.sdkman/candidates/tornadovm/current"
  fi
}

# Prints the SDK's file of JVM options, if it has one. A fresh SDK has but a template of it, which the SDK's own launcher
# fills in when it first runs.
sdk_argfile() { # folder
  [ -n "$1" ] || return 0
  for file in "$1/tornado-argfile" "$1/tornado-argfile.template"; do
    if [ -f "$file" ] && [ -r "$file" ]; then
      printf '%s' "$file"
      return
    fi
  done
}

# True if there is an SDK to build for, as far as a glance tells.
has_tornado_sdk() { [ -d "$root/trainer-tornado" ] && [ -n "$(sdk_argfile "$(tornado_sdk)")" ]; }

# Prints the release (25) of the JDK that an SDK is for, as the names of its files have it, or nothing.
sdk_jdk() { # folder
  for jar in "$1"/share/java/tornado/tornado-api-*; do
    printf '%s' "$jar" | sed -n 's/.*-jdk\([0-9]*\).*/\1/p'
    return
  done
}

# Sets tornado_options to a file of JVM options. Where there is no SDK that works, returns 1 and sets tornado_missing, a
# clause, and tornado_todo, a sentence.
find_tornado() {
  tornado_options='' tornado_missing='' tornado_todo=''
  fitting=$(tornado_version)
  sdk=$(tornado_sdk)
  argfile=$(sdk_argfile "$sdk")
  theirs=$(sdk_jdk "$sdk")
  ours=$(jdk_release "$JAVA_HOME")
  if [ -z "$sdk" ]; then
    miss "TornadoVM is not installed" \
      "Install it, for example by 'sdk install tornadovm $fitting-opencl', or set TORNADOVM_HOME to the folder of its SDK (docs/gpu.md)"
  elif [ ! -d "$sdk" ]; then
    miss "TORNADOVM_HOME is $sdk, which is not a folder" \
      "Set it to the folder of TornadoVM's SDK, or unset it (docs/gpu.md)"
  elif [ -z "$argfile" ]; then
    miss "there is no tornado-argfile in $sdk" \
      "Set TORNADOVM_HOME to the folder of an SDK of TornadoVM $fitting, the one with bin, lib and share in it"
  elif [ "${theirs:-$ours}" != "$ours" ]; then
    miss "TornadoVM in $sdk is for JDK $theirs, and this is JDK $ours in $JAVA_HOME" \
      "Install TornadoVM for JDK $ours, for example by 'sdk install tornadovm $fitting-opencl'"
  elif ! complaint=$(try_options "$sdk" "$argfile"); then
    miss "the JDK in $JAVA_HOME does not start with $argfile: $complaint" \
      "Install TornadoVM $fitting anew: its folder may have been moved, have a space in its name, or be for another JDK"
  else
    tornado_options=$options_file
  fi
}

miss() { # clause sentence
  tornado_missing=$1
  tornado_todo=$2
  return 1
}

# Writes the file of options, and starts a JVM with it that does nothing; prints why it does not start.
try_options() { # sdk argfile
  write_options "$1" "$2"
  complaint=$("$JAVA_HOME/bin/java" "@$options_file" -version 2>&1) && return
  printf '%s' "$complaint" | sed 's/^.*Exception: //' | head -n 2 | paste -s -d ' ' -
  return 1
}

# The SDK's options and ours in one file, as the processes that are started later need them too. The SDK's file has the
# working directory on the module path, where a broken jar would end the JVM; the last module path counts.
write_options() { # sdk argfile
  mkdir -p "$work"
  {
    sed "s|\${TORNADOVM_HOME}|$1|g" "$2"
    printf '\n--module-path %s/share/java/tornado\n' "$1"
    cat "$root/bin/jvm/tornado.options"
  } > "$options_file.$$"
  mv "$options_file.$$" "$options_file"
}

# Has the JVM's signal handlers come before those of a driver, in this process and those that it starts. A driver that
# compiles by LLVM (PoCL does) puts in handlers of its own, which delete what is being compiled; a JVM has signals all the time.
chain_signals() {
  case "$(uname -s)" in
    Linux) export LD_PRELOAD="$JAVA_HOME/lib/libjsig.so${LD_PRELOAD:+ $LD_PRELOAD}" ;;
    Darwin) export DYLD_INSERT_LIBRARIES="$JAVA_HOME/lib/libjsig.dylib${DYLD_INSERT_LIBRARIES:+:$DYLD_INSERT_LIBRARIES}" ;;
  esac
}

# Prints the module for accelerators, as the build copies it; nothing where it has been built without.
tornado_module() {
  for jar in "$jars"/alluvium-trainer-tornado-*.jar; do
    [ ! -f "$jar" ] || printf '%s' "$jar"
  done
}

# As find_tornado: what it may be that the build lacks.
find_tornado_module() {
  [ -n "$(tornado_module)" ] && return
  if [ -f "$root/pom.xml" ]; then
    miss "this build has no module for accelerators, as the API of TornadoVM could not be fetched" \
      "Delete $root/cli/target/built, and run the command again where Maven can fetch it"
  else
    miss "this distribution was built without the module for accelerators" \
      "Build it where Maven can fetch the API of TornadoVM"
  fi
}
