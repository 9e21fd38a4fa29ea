#!/usr/bin/env bash
# Checks a file's SHA-512 and puts it into a folder: an archive unpacked and without its single top folder, anything else as
# it is. The build of the image and the sandbox both use it.
#   unpack.sh FILE SHA512 FOLDER [NAME]     NAME is what messages call it
# Refused before anything is unpacked: a wrong checksum, an entry that leaves the folder, a link, a device.
set -euo pipefail
file=$1 wanted=$2 folder=$3 name=${4:-$(basename "$1")}

refuse() {
  echo "unpack.sh: $name $1. Nothing was unpacked." >&2
  exit 1
}

# macOS has shasum only
sum=$( (sha512sum "$file" 2>/dev/null || shasum -a 512 "$file") | cut -d' ' -f1)
[ "$sum" = "$wanted" ] || refuse "has SHA-512 $sum, wants $wanted"

# lines of TYPE NAME on standard input, the type as `ls -l` has it
check_entries() {
  while read -r type entry; do
    case $type in
      - | d) ;;
      *) refuse "holds $entry, which is neither a file nor a folder (type $type)" ;;
    esac
    case /$entry/ in
      //* | */../*) refuse "holds $entry, which leads out of its folder" ;;
    esac
  done
}

tar_types() { tar -tvzf "$file" | cut -c1; }
tar_names() { tar -tzf "$file"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/content"
case $file in
  *.tar.gz | *.tgz)
    paste -d' ' <(tar_types) <(tar_names) | check_entries
    tar -xzf "$file" -C "$work/content" --no-same-owner
    ;;
  *.zip)
    java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
    "$java" "$(dirname "$0")/ZipEntries.java" "$file" >"$work/entries"
    check_entries <"$work/entries"
    (cd "$work/content" && "${java%java}jar" -xf "$file")
    ;;
  *) cp "$file" "$work/content/" ;;
esac

# what is packed within one folder goes without it
top=("$work"/content/*)
from=$work/content
if [ ${#top[@]} = 1 ] && [ -d "${top[0]}" ]; then from=${top[0]}; fi

mkdir -p "$folder"
(cd "$from" && find . -name '*.jar' -type f) | while read -r jar; do
  if [ -e "$folder/$jar" ] && ! cmp -s "$from/$jar" "$folder/$jar"; then refuse "brings another $jar than the plugin has already"; fi
done
cp -R "$from/." "$folder/"
