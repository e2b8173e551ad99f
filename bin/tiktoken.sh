# shellcheck shell=sh
# Sourced by ./alluvium, which has set $root: sees to the vocabularies of tiktoken that byte-level encoding is tested with.

: "${root:?is set by the launcher}"

# The package of npm's that holds them, and its SHA-512. Its licence is MIT; nothing of it is shipped.
tiktoken_package=tiktoken@1.0.22
tiktoken_sha512=3cabf2d6b545d5189b7c5dc99570523f426b730daeab7c977607045ed293627dd027f7014411c39eb2798c7932f8c10d67a0c83f0354196a64571fbb8e80a934

# Puts them into target/tiktoken where that can be done without asking: by npm. Otherwise says that the tests are left out.
ensure_tiktoken() {
  [ -f "$root/target/tiktoken/o200k_base.json" ] && return 0
  if command -v npm > /dev/null 2>&1; then
    printf 'alluvium: fetching vocabularies of tiktoken to test encoding with (log in %s)\n' "$root/target/tiktoken.log"
    unpack_tiktoken > "$root/target/tiktoken.log" 2>&1 < /dev/null || true
    [ -f "$root/target/tiktoken/o200k_base.json" ] && return 0
    printf 'alluvium: they could not be had; '
  else
    printf 'alluvium: there is no npm on the path; '
  fi
  printf 'testing byte-level encoding without the vectors of tiktoken\n'
}

unpack_tiktoken() {
  rm -rf "$root/target/tiktoken"
  mkdir -p "$root/target/tiktoken/unpacked"
  (
    cd "$root/target/tiktoken/unpacked"
    npm pack --silent "$tiktoken_package"
    actual=$( (sha512sum ./*.tgz 2> /dev/null || shasum -a 512 ./*.tgz) | cut -d' ' -f1)
    [ "$actual" = "$tiktoken_sha512" ] || { printf '%s arrived with SHA-512 %s: not used\n' "$tiktoken_package" "$actual"; exit 1; }
    tar -xzf ./*.tgz package/encoders
    mv package/encoders/cl100k_base.json package/encoders/gpt2.json package/encoders/o200k_base.json ..
    rm -rf "$root/target/tiktoken/unpacked"
  )
}
