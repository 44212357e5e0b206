#!/usr/bin/env bash
# What happens when something breaks, row by row, with a figure for each: the rows that need whole processes. The others are
# tests (docs/operations.md lists both). Usage: sidecar/src/it/faults.sh [quick|nightly] [ROW…]; without a word, quick (two
# minutes; nightly takes half an hour). What isn't installed is left out, loudly.
set -u

root=$(CDPATH='' cd -P "$(dirname "$0")/../../.." && pwd)
how=${1:-quick}
[ $# -eq 0 ] || shift
rows=("$@")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/portcullis" --version >/dev/null || exit 2
# Makes the archive of classes: starts are measured.
"$root/portcullis" serve --check --store "$root/examples/amazon-q" --http 127.0.0.1:0 --grpc 127.0.0.1:0 2>/dev/null || exit 2
javac -d "$work" "$root"/sidecar/src/it/{Faults,Running,Wire}.java || exit 2
ulimit -n "$(ulimit -H -n)" 2>/dev/null

if [ ${#rows[@]} -eq 0 ]; then
  rows=(kill disk clients overload memory heap term)
  if command -v prlimit >/dev/null; then
    rows+=(files)
  else
    printf '\n!! LEFT OUT, prlimit is not installed: no file descriptors at reload\n\n'
  fi
fi
# Rows send SIGHUP, which whoever started this may have set to be ignored (nohup).
heard=(env --default-signal=HUP)
"${heard[@]}" true 2>/dev/null || heard=()
${heard[@]+"${heard[@]}"} java -cp "$work" Faults "$root/portcullis" "$work" "$how" "${rows[@]}"
