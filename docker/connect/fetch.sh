#!/usr/bin/env bash
# Fetches artifacts into a folder: nothing is unpacked before its SHA-512 is checked (by unpack.sh).
#   fetch.sh FOLDER KIND WHAT SHA512 [KIND WHAT SHA512]…
#   fetch.sh --prepare     only has Maven load what it copies with
# KIND and WHAT are
#   maven          group:artifact:version[:type[:classifier]]; Maven itself fetches it, from $MAVEN_MIRROR where that is set
#   confluent-hub  owner/name:version, from $CONFLUENT_HUB
#   url            an https address, as $DOWNLOAD_MIRROR/host/path where that is set
set -euo pipefail
copy=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_maven() {
  local settings=()
  if [ -n "${MAVEN_MIRROR:-}" ]; then
    echo "<settings><mirrors><mirror><id>mirror</id><mirrorOf>*</mirrorOf><url>$MAVEN_MIRROR</url></mirror></mirrors></settings>" >"$work/settings.xml"
    settings=(-s "$work/settings.xml")
  fi
  mvn -q -B "${settings[@]}" "$@"
}

if [ "${1:-}" = --prepare ]; then
  run_maven "$copy:help"
  exit
fi

folder=$1
shift
if [ $(($# % 3)) != 0 ]; then
  echo "fetch.sh: wants KIND WHAT SHA512 for each artifact" >&2
  exit 2
fi
all=("$@")

# before anything is downloaded, so that all that is missing is told at once
missing=0
for ((i = 0; i < $#; i += 3)); do
  if [ "${all[i + 2]}" = unpinned ]; then
    echo "fetch.sh: ${all[i + 1]} has no SHA-512 yet. Run: npm run plugins -- pin" >&2
    missing=1
  fi
done
[ "$missing" = 0 ] || exit 1

element() { [ -z "$2" ] || echo "<$1>$2</$1>"; }

# file_of COORDINATES: the name Maven gives the copy
file_of() {
  IFS=: read -r _ artifact version type classifier <<<"$1"
  echo "$artifact-$version${classifier:+-$classifier}.${type:-jar}"
}

items=""
for ((i = 0; i < $#; i += 3)); do
  [ "${all[i]}" = maven ] || continue
  IFS=: read -r group artifact version type classifier <<<"${all[i + 1]}"
  items+="<artifactItem>$(element groupId "$group")$(element artifactId "$artifact")$(element version "$version")$(element type "$type")$(element classifier "$classifier")</artifactItem>"
done
if [ -n "$items" ]; then
  # one run of Maven for all: its start takes longer than most downloads
  IFS=: read -r group artifact version <<<"$copy"
  cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>image</groupId><artifactId>image</artifactId><version>1</version><packaging>pom</packaging>
<build><plugins><plugin><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version><executions>
<execution><phase>process-resources</phase><goals><goal>copy</goal></goals><configuration>
<artifactItems>$items</artifactItems><outputDirectory>$work/maven</outputDirectory><useBaseVersion>true</useBaseVersion>
</configuration></execution></executions></plugin></plugins></build></project>
POM
  run_maven -f "$work/pom.xml" process-resources
fi

for ((i = 0; i < $#; i += 3)); do
  kind=${all[i]} what=${all[i + 1]}
  case $kind in
    maven) file=$work/maven/$(file_of "$what") ;;
    confluent-hub)
      owner=${what%%/*} name=${what#*/} version=${what##*:}
      name=${name%%:*}
      file=$work/$owner-$name-$version.zip
      curl -fsSL --retry 3 -o "$file" "$CONFLUENT_HUB/$owner/$name/versions/$version/$owner-$name-$version.zip"
      ;;
    url)
      file=$work/${what##*/}
      curl -fsSL --retry 3 -o "$file" "${DOWNLOAD_MIRROR:-https:/}/${what#https://}"
      ;;
    *)
      echo "fetch.sh: unknown kind $kind; wants maven, confluent-hub or url" >&2
      exit 2
      ;;
  esac
  bash "$(dirname "$0")/unpack.sh" "$file" "${all[i + 2]}" "$folder" "$what"
done
