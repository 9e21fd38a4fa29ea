# Functions that .ci/run and .ci/nightly share. Source it from the repository's root.
work=$(mktemp -d)
failed=0
helpers=()
parts=()
# a control plane and a stand-in provider are looked for in a folder beside the checkout
kube=$(ls -d ../*/tools/kube 2>/dev/null | head -1)
stub=$(ls ../*/tools/stub-provider/pulumi-resource-stub 2>/dev/null | head -1)
export TEST_RESULTS="$work/results"

finish() {
  for pid in "${helpers[@]:-}"; do [ -n "$pid" ] && kill "$pid" 2>/dev/null; done
  # dockerd removes its mounts before it ends
  [ -n "${dockerd:-}" ] && wait "$dockerd" 2>/dev/null
  for folder in "$work"/cluster-*; do [ -d "$folder" ] && "$kube/down" "$folder"; done
  rm -rf "$work"
}
trap finish EXIT

# step NAME COMMAND…: runs a command; the run goes on when it fails, and fails at its end
step() {
  local name=$1 start=$SECONDS
  shift
  echo "== $name"
  if "$@" 2>&1 | tee -a "$work/output"; then echo "== $name: ok ($((SECONDS - start)) s)"; else
    echo "== $name: FAILED ($((SECONDS - start)) s)"
    failed=1
  fi
}

# integration NAME SUITE…: integration tests, two suites at a time; without SUITE, all of them
integration() {
  local name=$1
  shift
  step "$name" npx tsx test/integration/runSuites.ts "$@"
}

# the first of a few ports that is free
free_port() { for port in $(seq 26443 100 30443); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }; done; }

# start_cluster NAME [bare]: sets TEST_KUBECONFIG to a new, empty cluster in which pods become Ready and, unless bare, Strimzi
# resources too
start_cluster() {
  unset TEST_KUBECONFIG
  { [ -n "$kube" ] && command -v kubectl && command -v go; } >/dev/null || return 0
  "$kube/up" --dir "$work/cluster-$1" --port "$(free_port)" || return 1
  export TEST_KUBECONFIG="$work/cluster-$1/kubeconfig"
  "$kube/ready" "$TEST_KUBECONFIG" $([ "${2:-}" = bare ] || echo --strimzi) >/dev/null 2>&1 &
  helpers+=($!)
}

# start_docker: uses a Docker Engine that answers, or starts one; sets DOCKER_HOST
start_docker() {
  command -v docker >/dev/null && docker version >/dev/null 2>&1 && return
  if [ "$(id -u)" != 0 ] || ! command -v dockerd >/dev/null; then
    echo "skipped: no Docker Engine answers and none can be started; the image is not built"
    return
  fi
  export DOCKER_HOST="unix://$work/docker.sock"
  dockerd -H "$DOCKER_HOST" --data-root "$work/docker" --exec-root "$work/docker-exec" --pidfile "$work/docker.pid" >"$work/dockerd" 2>&1 &
  dockerd=$!
  helpers+=("$dockerd")
  for _ in $(seq 60); do
    docker version >/dev/null 2>&1 && return
    kill -0 "$dockerd" 2>/dev/null || break
    sleep 0.5
  done
  echo "skipped: the Docker Engine does not start; the image is not built: $(tail -1 "$work/dockerd")"
}

# install_packages COMMAND=PACKAGE…: on a CI machine, Debian packages of commands that are missing
install_packages() {
  { [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; } || return 0
  local missing=()
  for item in "$@"; do command -v "${item%%=*}" >/dev/null || missing+=("${item#*=}"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$work/apt" 2>&1 || tail -3 "$work/apt"
}

# what the machine has of the parts that suites.ts names
find_parts() {
  for command in java mvn openssl keytool mariadbd; do command -v "$command" >/dev/null && parts+=("$command"); done
  command -v pulumi >/dev/null && command -v pulumi-language-nodejs >/dev/null && command -v pulumi-resource-kubernetes >/dev/null && parts+=(pulumi)
  { [ -n "$kube" ] && command -v kubectl && command -v go; } >/dev/null && parts+=(cluster)
  [ -n "$stub" ] && parts+=(stub)
  return 0
}

# the closing line, from mocha's own counts
count() { sed 's/\x1b\[[0-9;]*m//g' "$work/output" | grep -oE "^ +[0-9]+ $1" | awk '{ n += $1 } END { print n + 0 }'; }
# what failed, again at the end, where a reader of a long log finds it
failures() { sed 's/\x1b\[[0-9;]*m//g' "$work/output" | awk '/^(--|==) /{ print_it = 0 } /^ +[0-9]+ failing/{ print_it = 1 } print_it' | head -200; }
report() {
  failures
  echo "tests: $(count passing) passed, $(count failing) failed, $(count pending) skipped"
}
