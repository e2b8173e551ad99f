# shellcheck shell=sh
# Sourced by ./alluvium and by bin/alluvium of a distribution, which have set JAVA_HOME, $root, class_path() and $archives
# (the folder for archives of parsed classes, or nothing): becomes the JVM that runs a command.

: "${root:?is set by the launcher}"

# A machine without a locale would have Java read arguments and paths as ASCII.
ensure_utf8() {
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}

# The JVM options of a command are in bin/jvm/, one file for each kind of process.
jvm_options() { # command argument...
  case "$1" in
    train | ingest | gateway | generate | dashboard | tokenizer) printf '%s' "$root/bin/jvm/$1.options" ;;
    sweep) printf '%s' "$root/bin/jvm/train.options" ;;
    evaluate | export) printf '%s' "$root/bin/jvm/generate.options" ;;
    trace)
      # What was lost on one token, or is on a document now, is computed; all else that can be traced is read.
      case " $* " in
        *" --no-loss "*) printf '%s' "$root/bin/jvm/light.options" ;;
        *" --row"[=\ ]* | *" trace doc "*) printf '%s' "$root/bin/jvm/generate.options" ;;
        *) printf '%s' "$root/bin/jvm/light.options" ;;
      esac ;;
    *) printf '%s' "$root/bin/jvm/light.options" ;;
  esac
}

# Prints the command: the first word that is no option. With --help, whatever it is, nothing heavy is started.
command_of() { # argument...
  word=
  for argument; do
    case "$argument" in
      -h | --help) word=help ;;
      -*) ;;
      *) [ -n "$word" ] || word=$argument ;;
    esac
  done
  printf '%s' "$word"
}

# Replaces this process, so that a signal to it reaches the JVM.
launch() { # argument...
  ensure_utf8
  command=$(command_of "$@")
  options=$(jvm_options "$command" "$@")
  accelerated=$(where_accelerated "$command" "$@")

  # Filters of one's own are found on ALLUVIUM_CLASSPATH (docs/quality.md); every process that this one starts has it too.
  set -- "-Dalluvium.home=$root" -cp "$(class_path)${ALLUVIUM_CLASSPATH:+:$ALLUVIUM_CLASSPATH}" org.alluvium.cli.Main "$@"
  if [ -n "$accelerated" ]; then
    if find_tornado && find_tornado_module; then
      chain_signals
      set -- "-Dalluvium.tornado.options=$tornado_options" "$@" # for processes that this one starts
    else
      set -- "-Dalluvium.tornado.missing=$tornado_missing" "-Dalluvium.tornado.todo=$tornado_todo" "$@"
      accelerated=
    fi
  fi
  if [ "$accelerated" = here ]; then
    # The doctor multiplies matrices, which no light process should.
    case "$options" in */light.options) options=$root/bin/jvm/generate.options ;; esac
    set -- "@$tornado_options" "@$options" "$@"
  else
    case "$command $options" in
      # A question is answered in less time than its classes take to be parsed; both kinds of process have one; nothing is said of
      # one that does not fit.
      "trace "*) [ -z "${archives:-}" ] || set -- -Xlog:disable -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$archives/trace-${options##*/}.jsa" "$@" ;;
      # The dashboard's own archive is written when it ends, if there is none that fits; an export loads far more classes.
      */dashboard.options)
        case "${archives:+kept} $* " in
          " "* | *" --export"*) ;;
          *) set -- -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$archives/dashboard.jsa" "$@" ;;
        esac ;;
      */light.options | */tokenizer.options) [ ! -f "${archives:-}/light.jsa" ] || set -- "-XX:SharedArchiveFile=$archives/light.jsa" "$@" ;;
    esac
    set -- "@$options" "$@"
  fi
  exec "$JAVA_HOME/bin/java" "$@"
}
