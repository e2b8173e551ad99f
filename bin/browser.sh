# shellcheck shell=sh
# Sourced by ./alluvium: sees to the browser that the dashboard's pages are tested in.

# True if there is a Chromium on the path.
has_browser() {
  command -v chromium > /dev/null 2>&1 || command -v chromium-browser > /dev/null 2>&1 || command -v google-chrome > /dev/null 2>&1
}

# Installs one where that can be done without asking: as root, on a system with Debian's packages. Otherwise says that the
# tests in a browser are left out, and what to do.
ensure_browser() {
  has_browser && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null 2>&1; then
    printf 'alluvium: installing a Chromium to test the pages in (log in %s)\n' "$root/target/browser.log"
    install_browser > "$root/target/browser.log" 2>&1 < /dev/null || true
    has_browser && return 0
    printf 'alluvium: it could not be installed; '
  else
    printf 'alluvium: there is no Chromium on the path; '
  fi
  printf 'testing without a browser (Debian has one in the package chromium)\n'
}

install_browser() {
  apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install chromium fonts-liberation
}
