#!/usr/bin/env bash
# Measures the peers that run in processes of their own on the same policies and requests as PeerBenchmark, and checks their
# decisions; docs/peers.md. Needs node 20, npm, and the benchmarks built (with or without the profile peers). Downloads 130 MB
# from npm when it runs for the first time. Writes <peer>-<view>-<size>.json to benchmarks/target/peers, or to $RESULTS.
#   benchmarks/peers/run.sh [view:size ...]     e.g. a:10 b:1000
# CHECK_SECONDS, WARM_UP_SECONDS and SECONDS_MEASURED say how long each is checked, warmed up and measured.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../target
views=("$@")
[ $# -gt 0 ] || views=(a:10 b:10 b:100 b:1000 b:10000 c:1000)

cd "$here"
if ! cmp -s package-lock.json node_modules/.of; then
  npm ci --silent
  cp package-lock.json node_modules/.of
fi

work=$target/peers-work
rm -rf "$work"
export RESULTS=${RESULTS:-$target/peers}
java -Xmx4g -cp "$target/benchmarks.jar" dev.portcullis.benchmarks.PeerExport "$work" "${views[@]}"

failed=0
for view in "${views[@]}"; do
  name=${view/:/-}
  for peer in cedar-wasm iam-simulate; do
    [ ! -f "$work/$peer-$name.jsonl" ] || node call.mjs "$work/$peer-$name.jsonl" || failed=1
  done
  if [ -d node_modules/@cerbos/cerbos-linux-x64 ]; then
    node cerbos.mjs "$work/cerbos-$name.jsonl" "$work/cerbos-$name" || failed=1
  else
    echo "cerbos is left out: no binary for this system" >&2
  fi
done
rm -rf "$work"
exit $failed
