# shellcheck shell=sh
# Sourced by ./alluvium, which has set $root and JAVA_HOME: builds the project, once at a time, when its sources have
# changed since the last build; and runs the tests. Where there is an SDK of TornadoVM (bin/tornado.sh), both include the
# module for accelerators, which is in a Maven profile.

: "${root:?is set by the launcher}"
stamp="$root/cli/target/built"
lock="$root/target/build.lock"

class_path() { printf '%s' "$root/cli/target/alluvium-cli.jar:$root/cli/target/lib/*"; }

# True if there is no build, a source file is newer than it, or an SDK has come since. Folders count too: removing a file
# changes its folder. A build for an SDK that is gone serves as well.
is_stale() {
  [ -f "$stamp" ] || return 0
  if has_tornado_sdk && ! grep -q tornado "$stamp"; then return 0; fi
  [ -n "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main "$root"/dashboard/ui/src "$root/.mvn" -newer "$stamp" 2>/dev/null | head -n 1)" ]
}

# One build at a time: the lock is a link to a process id, so that a lock whose process is gone can be taken over.
acquire_lock() {
  mkdir -p "$root/target"
  told=
  until ln -s "$$" "$lock" 2>/dev/null; do
    owner=$(readlink "$lock" || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      # Moved before it is removed: of two waiters only one can move it, and only while it is still the dead one's.
      mv "$lock" "$lock.$$" 2>/dev/null || continue
      [ "$(readlink "$lock.$$")" = "$owner" ] || ln -s "$(readlink "$lock.$$")" "$lock" 2>/dev/null || true
      rm -f "$lock.$$"
      continue
    fi
    [ -n "$told" ] || printf 'alluvium: another build is running (process %s), waiting for it\n' "$owner" >&2
    told=yes
    sleep 1
  done
  trap 'rm -f "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

release_lock() {
  rm -f "$lock"
  trap - EXIT INT TERM HUP
}

build_if_stale() {
  is_stale || return 0
  acquire_lock
  # Whoever held the lock before may have built the same sources.
  if is_stale; then build; fi
  release_lock
}

# Turns Maven's log into a line of progress for each module and for every hundred files that are downloaded.
show_progress() {
  downloads=0
  while IFS= read -r line; do
    case "$line" in
      *"Building Alluvium"*"["*)
        module=${line#*Building Alluvium: }
        number=${line##*\[}
        [ "$module" = "$line" ] || printf 'alluvium: building %s (%s of %s)\n' \
          "${module%% *}" "${number%%/*}" "$(printf '%s' "${number##*/}" | tr -d ']')" ;;
      *"Downloaded from"*)
        downloads=$((downloads + 1))
        [ $((downloads % 100)) -ne 0 ] || printf 'alluvium: %s files downloaded\n' "$downloads" ;;
    esac
  done >&2
}

# The dashboard's pages are built by npm; where there is none, everything else is built without them.
without_pages() {
  command -v npm > /dev/null 2>&1 && return 0
  printf 'alluvium: there is no npm on the path, so the dashboard has no pages\n' >&2
  printf '%s' -Dalluvium.skipPages
}

build() {
  log="$root/target/build.log"
  if [ -f "$stamp" ]; then why='sources have changed'; else why='first build, a few minutes if nothing is cached'; fi
  printf 'alluvium: building (%s; log in %s)\n' "$why" "${log#"$PWD"/}" >&2
  mkdir -p "$root/cli/target"
  # The stamp is as old as the beginning of the build: what is edited meanwhile is built next time.
  rm -f "$stamp"
  : > "$stamp.next"
  profile=
  if has_tornado_sdk; then
    echo tornado > "$stamp.next" # also if it cannot be had: it would be tried before every command
    if resolve_tornado; then profile=-Ptornado; fi
  fi
  rm -f "$root"/cli/target/lib/*tornado*.jar
  status="$root/target/build.status"
  rm -f "$status"
  pages=$(without_pages)
  {
    code=0
    "$root/mvnw" -B -f "$root/pom.xml" ${profile:+"$profile"} -pl cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true ${pages:+"$pages"} 2>&1 || code=$?
    printf '%s' "$code" > "$status"
  } | tee "$log" | show_progress
  if [ "$(cat "$status" 2>/dev/null)" != 0 ]; then
    printf 'alluvium: the build failed:\n' >&2
    grep -E '^\[ERROR\]|^mvnw:' "$log" | head -n 15 >&2
    printf 'alluvium: the whole log is %s; run the command again to retry\n' "$log" >&2
    exit 69
  fi
  archive_classes
  mv "$stamp.next" "$stamp"
  printf 'alluvium: built\n' >&2
}

# Fetches what the module for accelerators is compiled against; says so where that cannot be had.
resolve_tornado() {
  api="io.github.beehive-lab:tornado-api:$(tornado_version)"
  "$root/mvnw" -B -q -f "$root/pom.xml" -N dependency:get "-Dartifact=$api" -Dtransitive=false > "$root/target/tornado.log" 2>&1 || {
    printf 'alluvium: going on without accelerators: %s cannot be fetched (log in %s)\n' "$api" "$root/target/tornado.log" >&2
    return 1
  }
}

# Light commands start from an archive of parsed classes (class data sharing), in a fraction of the time.
archive_classes() {
  rm -f "$root/cli/target/light.jsa"
  "$JAVA_HOME/bin/java" "@$root/bin/jvm/light.options" "-XX:ArchiveClassesAtExit=$root/cli/target/light.jsa" \
    "-Dalluvium.home=$root" -cp "$(class_path)" org.alluvium.cli.Main status --help > /dev/null 2>&1 || true
}

# Builds target/alluvium-VERSION.tar.gz: what a machine without the sources needs, for accelerators too where that can be fetched.
build_distribution() {
  acquire_lock
  profile=
  if resolve_tornado; then profile=-Ptornado; fi
  pages=$(without_pages)
  "$root/mvnw" -B -q -ntp -f "$root/pom.xml" ${profile:+"$profile"} -pl images -am package -Dmaven.test.skip=true ${pages:+"$pages"}
  link_twins "$root/images/target/alluvium"
  version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$root/pom.xml" | head -n 1)
  tar -C "$root/images/target" --owner=0 --group=0 --numeric-owner --sort=name --mtime="@${SOURCE_DATE_EPOCH:-0}" \
    -czf "$root/target/alluvium-$version.tar.gz" alluvium
  printf 'alluvium: the distribution is %s, unpacked in %s\n' "$root/target/alluvium-$version.tar.gz" "$root/images/target/alluvium"
  release_lock
}

# Flink's jars are among ours, byte for byte: an archive holds a file that has two names once.
link_twins() { # folder
  for jar in "$1"/flink/lib/*.jar "$1"/flink/plugins/*/*.jar; do
    twin="$1/lib/${jar##*/}"
    if cmp -s "$jar" "$twin"; then ln -f "$twin" "$jar"; fi
  done
}

# Sets profile to what Maven needs to test on the device as well, and says which of the two is done.
choose_tests() {
  profile=
  if ! find_tornado; then
    printf 'alluvium: testing without a device: %s\n' "$tornado_missing"
  elif ! resolve_tornado; then
    printf 'alluvium: testing without a device\n'
  else
    profile=-Ptornado
    export TORNADOVM_HOME="$(tornado_sdk)"
    chain_signals
    printf 'alluvium: testing on the device as well, by TornadoVM in %s\n' "$TORNADOVM_HOME"
  fi
}

# Runs everything that checks the project; arguments go to Maven (-pl contracts, -Dtest=...). Two modules at a time, since tests
# that start processes mostly wait for them; a -T among the arguments comes first, and counts.
run_tests() {
  acquire_lock
  choose_tests
  ensure_browser
  ensure_kubectl
  ensure_prometheus
  ensure_tiktoken
  log="$root/target/test.log"
  status="$root/target/test.status"
  rm -f "$status"
  pages=$(without_pages)
  {
    code=0
    "$root/mvnw" -B -ntp -f "$root/pom.xml" ${profile:+"$profile"} ${profile:+"-Dtornado.options=$tornado_options"} verify ${pages:+"$pages"} "$@" -T 2 2>&1 || code=$?
    printf '%s' "$code" > "$status"
  } | tee "$log"
  # The closing lines of each module's runs, added up.
  awk '/Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+ *$/ {
      sub(/.*Tests run:/, ""); split($0, n, /[^0-9]+/)
      runs += n[2]; failures += n[3]; errors += n[4]; skipped += n[5]
    }
    END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d (all modules)\n", runs, failures, errors, skipped }' "$log"
  code=$(cat "$status")
  release_lock
  return "$code"
}
