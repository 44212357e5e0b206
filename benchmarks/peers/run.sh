#!/usr/bin/env bash
# Measures the peers that run in processes of their own on the same policies and requests as PeerBenchmark, and checks their
# decisions; docs/peers.md. Needs node 20, npm, and the benchmarks built (with or without the profile peers). Downloads 130 MB
# from npm when it runs for the first time. Writes <peer>-<view>-<size>.json to benchmarks/target/peers, or to $RESULTS.
#   benchmarks/peers/run.sh [view:size ...]     e.g. a:10 b:1000
# CHECK_SECONDS, WARM_UP_SECONDS and SECONDS_MEASURED say how long each is checked, warmed up and measured. One that decides
# differently is a failure; one that can't be loaded is a result, but with MUST_LOAD=1 a failure too. What a peer may take to load
# stands below, and in docs/peers.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../target
results=${RESULTS:-$target/peers}
mkdir -p "$results"
RESULTS=$(cd "$results" && pwd)
export RESULTS
views=("$@")
[ $# -gt 0 ] || views=(a:10 b:10 b:100 b:1000 b:10000 c:1000)

cd "$here"
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --silent
  cp package-lock.json node_modules/.installed
fi

work=$target/peers-work
rm -rf "$work"
java -Xmx4g -cp "$target/benchmarks.jar" dev.portcullis.benchmarks.PeerExport "$work" "${views[@]}"

failed=0
for view in "${views[@]}"; do
  name=${view/:/-}
  export MOST_SECONDS=60 MOST_GIB=8
  if [ "${view#*:}" -gt 100000 ]; then
    MOST_SECONDS=120 MOST_GIB=18
  fi
  for peer in cedar-wasm iam-simulate; do
    [ ! -f "$work/$peer-$name.jsonl" ] || node within.mjs "$work/$peer-$name.jsonl" || failed=1
  done
  if [ -d node_modules/@cerbos/cerbos-linux-x64 ]; then
    node cerbos.mjs "$work/cerbos-$name.jsonl" "$work/cerbos-$name" || failed=1
  else
    echo "cerbos is left out: no binary for this system" >&2
  fi
done
rm -rf "$work"
exit $failed
