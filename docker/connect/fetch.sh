#!/usr/bin/env bash
# Fetches one artifact, checks its SHA-512, and only then unpacks or places it.
#   fetch maven COORDINATES SHA512 FOLDER | fetch confluent-hub OWNER/NAME:VERSION SHA512 FOLDER | fetch url ADDRESS SHA512 FOLDER
# COORDINATES are group:artifact:version[:type[:classifier]]; Maven itself fetches them, so its settings, mirrors and proxies hold.
set -euo pipefail
kind=$1 what=$2 sha512=$3 folder=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "$sha512" = unpinned ]; then
  echo "fetch: $what has no SHA-512 yet. Run: npm run plugins -- pin" >&2
  exit 1
fi

case $kind in
  maven)
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$what" -DoutputDirectory="$work" -Dmdep.useBaseVersion=true
    ;;
  confluent-hub)
    owner=${what%%/*} name=${what#*/} version=${what##*:} name=${name%%:*}
    curl -fsSL --retry 3 -o "$work/$owner-$name-$version.zip" "$CONFLUENT_HUB/$owner/$name/versions/$version/$owner-$name-$version.zip"
    ;;
  url)
    curl -fsSL --retry 3 -o "$work/${what##*/}" "$what"
    ;;
  *)
    echo "fetch: unknown kind $kind; wants maven, confluent-hub or url" >&2
    exit 2
    ;;
esac

file=$(find "$work" -type f)
if ! echo "$sha512  $file" | sha512sum --check --status; then
  echo "fetch: $what has SHA-512 $(sha512sum "$file" | cut -d' ' -f1), wants $sha512. Nothing was unpacked." >&2
  exit 1
fi

mkdir -p "$folder"
case $file in
  *.tar.gz | *.tgz) tar -xzf "$file" -C "$folder" --strip-components=1 --no-same-owner ;;
  *.zip) (cd "$folder" && jar -xf "$file") ;;
  *) cp "$file" "$folder/" ;;
esac
