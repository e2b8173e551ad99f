# shellcheck shell=sh
# Sourced by ./alluvium, which has set $root: sees to the Prometheus that metrics and rules are tested with.

: "${root:?is set by the launcher}"

# True if there is a Prometheus on the path, with the tool that checks rules.
has_prometheus() {
  command -v prometheus > /dev/null 2>&1 && command -v promtool > /dev/null 2>&1
}

# Puts one on the path where that can be done without asking: on a system with Debian's packages. Otherwise says that tests are
# left out, and what to do.
ensure_prometheus() {
  has_prometheus && return 0
  PATH="$PATH:$root/target/prometheus/usr/bin"
  export PATH
  has_prometheus && return 0
  if command -v apt-get > /dev/null 2>&1 && command -v dpkg > /dev/null 2>&1; then
    printf 'alluvium: unpacking a Prometheus to test the metrics with (log in %s)\n' "$root/target/prometheus.log"
    unpack_prometheus > "$root/target/prometheus.log" 2>&1 < /dev/null || true
    has_prometheus && return 0
    printf 'alluvium: it could not be had; '
  else
    printf 'alluvium: there is no Prometheus on the path; '
  fi
  printf 'testing metrics and rules without one (Debian has one in the package prometheus)\n'
}

# Unpacked and not installed: its package would start a service, and needs to be root.
unpack_prometheus() {
  rm -rf "$root/target/prometheus"
  mkdir -p "$root/target/prometheus"
  if [ "$(id -u)" = 0 ]; then apt-get -q update; fi
  (cd "$root/target/prometheus" && apt-get -q download prometheus && dpkg -x prometheus_*.deb . && rm -f prometheus_*.deb)
}
