#!/usr/bin/env bash
# Makes a layer the same in every build: fixed times and modes, jars that the build wrote rewritten in order; no links.
#   finish.sh FOLDER [CLASS…]     fails when a CLASS is in none of the folder's jars
set -euo pipefail
folder=$1
shift
# 1980 is as far back as zip archives know
day=1980-01-01T00:00:02Z

find "$folder" -name 'connect-plugin-path-shim-*.jar' -type f | while read -r jar; do
  content=$(mktemp -d)
  (cd "$content" && jar -xf "$jar" && rm -rf META-INF/MANIFEST.MF)
  rm "$jar"
  # the index names classes in the order they were found in, which is another one each time
  find "$content" -type f -exec env LC_ALL=C sort -o {} {} \;
  jar --create --no-manifest --no-compress --date="$day" --file "$jar" -C "$content" META-INF
  rm -rf "$content"
done

links=$(find "$folder" ! -type f ! -type d)
[ -z "$links" ] || { echo "finish.sh: only files and folders may be in the image, not $links" >&2; exit 1; }

for class in "$@"; do
  entry=${class//.//}.class
  find "$folder" -name '*.jar' | while read -r jar; do jar -tf "$jar"; done | grep -Fxq "$entry" || { echo "finish.sh: no jar holds $class" >&2; exit 1; }
done

find "$folder" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
find "$folder" -exec touch -d "$day" {} +
