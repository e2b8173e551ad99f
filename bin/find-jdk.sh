# shellcheck shell=sh
# Sourced by the launchers and ./mvnw: finds a JDK of at least the given release and sets JAVA_HOME to it. Where $jdk_program is
# java, a runtime without a compiler will do.
# Looks in JAVA_HOME, on PATH, then where package managers and version managers put JDKs.

REQUIRED_JDK=25
jdk_program=${jdk_program:-javac}

# Prints the feature release (25) of the JDK in $1, or nothing where there is none.
jdk_release() {
  [ -x "$1/bin/$jdk_program" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Sets JAVA_HOME to the first suitable JDK; returns 1, with what to install, where there is none.
find_jdk() {
  on_path=$(command -v "$jdk_program" 2>/dev/null || true)
  [ -n "$on_path" ] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" \
      /usr/lib/jvm/*"$REQUIRED_JDK"* /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
      "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.local/share/mise/installs/java/*; do
    [ -n "$candidate" ] || continue
    release=$(jdk_release "$candidate")
    if [ -n "$release" ] && [ "$release" -ge "$REQUIRED_JDK" ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  cat >&2 <<MESSAGE
alluvium: no JDK $REQUIRED_JDK or newer found (looked in JAVA_HOME, on PATH, in /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks).
Install one, for example
  Debian/Ubuntu:  apt-get install temurin-$REQUIRED_JDK-jdk     (from the Adoptium package source)
  macOS:          brew install --cask temurin@$REQUIRED_JDK
  anywhere:       sdk install java $REQUIRED_JDK-tem            (SDKMAN)
or set JAVA_HOME to it.
MESSAGE
  return 1
}
