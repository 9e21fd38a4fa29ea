#!/usr/bin/env bash
# Writes the index by which a worker with plugin.discovery=service_load finds plugins (KIP-898), and fails when such a worker
# would not see one of the classes. The build of the image and the sandbox both use it.
#   index.sh PLUGIN_PATH KAFKA_LIBS CLASS…     PLUGIN_PATH holds a folder a plugin, KAFKA_LIBS the jars of Kafka and Connect
set -euo pipefail
plugins=$1 libs=$2
shift 2
# a run of seconds: what the compiler and a parallel collector would do for it is never repaid
tool() { "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$libs/*" org.apache.kafka.tools.ConnectPluginPath "$@" --plugin-path "$plugins"; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { tool "$1" >"$work/$1" 2>"$work/errors" || { tail -20 "$work/errors" >&2; exit 1; }; }

run sync-manifests
run list
hidden=0
for class in "$@"; do
  # columns: name, firstAlias, secondAlias, version, type, loadable, hasManifest, location
  if ! awk -F'\t' -v class="$class" '$1 == class && $6 == "true" && $7 == "true" { found = 1 } END { exit !found }' "$work/list"; then
    echo "index.sh: $class is not found as a plugin of $plugins: wrong class, no public constructor, or a jar is missing" >&2
    hidden=1
  fi
done
exit "$hidden"
