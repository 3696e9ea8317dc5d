#!/usr/bin/env bash
# Chooses the inputs that every test run replays: fuzz/keep.sh TARGET FOLDER…
#
# Of the inputs in the folders, those of at most 700 bytes that reach something no shorter one does, the shortest first,
# 16,000 bytes of them. What is called `found-…` once showed a fault, and stays.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
shift
most=16000
merged=$(mktemp -d)
trap 'rm -rf "$merged"' EXIT
binary=${FUZZ_BINARIES:-fuzz/target/x86_64-unknown-linux-gnu/release}/$target
"$binary" -merge=1 -max_len=700 -timeout=25 "$merged" "$@" > /dev/null 2>&1
kept=fuzz/corpus/$target
mkdir -p "$kept"
find "$kept" -type f ! -name 'found-*' -delete
sum=0
find "$merged" -type f -size -701c -printf '%s %f\n' | sort -n | while read -r size name; do
  sum=$((sum + size))
  [ "$sum" -le "$most" ] || break
  cp "$merged/$name" "$kept/${name:0:16}"
done
printf '%s: %s inputs, %s bytes\n' "$target" "$(find "$kept" -type f | wc -l)" "$(cat "$kept"/* | wc -c)"
