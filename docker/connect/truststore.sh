#!/usr/bin/env bash
# Adds every certificate of the PEM bundles in a folder to a copy of the JVM's own truststore.
#   truststore FOLDER TRUSTSTORE
# A certificate's alias is its SHA-256 fingerprint: the same in every build, and never shared by two certificates.
set -euo pipefail
folder=$1 truststore=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java_home=$(dirname "$(dirname "$(readlink -f "$(command -v keytool)")")")
mkdir -p "$(dirname "$truststore")"
keytool -importkeystore -noprompt -srckeystore "$java_home/lib/security/cacerts" -srcstorepass changeit -destkeystore "$truststore" -deststoretype JKS -deststorepass changeit 2>/dev/null

cat "$folder"/*.pem | awk -v work="$work" '/-----BEGIN CERTIFICATE-----/ { n++; keep = 1 } keep { print > sprintf("%s/%04d.pem", work, n) } /-----END CERTIFICATE-----/ { keep = 0 }'
count=0
for certificate in "$work"/*.pem; do
  alias=$(sed '/-----/d' "$certificate" | tr -d '\n\r ' | base64 -d | sha256sum | cut -d' ' -f1)
  keytool -list -keystore "$truststore" -storepass changeit -alias "$alias" >/dev/null 2>&1 && continue
  keytool -importcert -noprompt -file "$certificate" -alias "$alias" -keystore "$truststore" -storepass changeit 2>/dev/null
  count=$((count + 1))
done
[ "$count" -gt 0 ] || { echo "truststore: no certificate found in $folder" >&2; exit 1; }
echo "truststore: $count certificates added"
