#!/usr/bin/env bash
# Load on one machine, client and server together: decisions a second and latencies of /authz and of Envoy's Check, beside
# endpoints of the same server that do nothing (/healthz, gRPC health). Needs h2load (Debian: nghttp2-client); without it,
# says so and stops. Usage: sidecar/src/it/load.sh [REQUESTS per run, default 200000] [ROUNDS, default 3]
set -u

root=$(CDPATH='' cd -P "$(dirname "$0")/../../.." && pwd)
requests=${1:-200000}
rounds=${2:-3}
work=$(mktemp -d)
trap 'kill "$sidecar" 2>/dev/null; rm -rf "$work"' EXIT

command -v h2load >/dev/null || { echo "!! LEFT OUT: h2load is not installed"; exit 0; }

http=$((20000 + RANDOM % 20000))
grpc=$((http + 1))
"$root/portcullis" --version >/dev/null || exit 2
"$root/portcullis" serve --store "$root/examples/amazon-q" --mapping "$root/examples/gateways/mapping.json" \
  --http "127.0.0.1:$http" --grpc "127.0.0.1:$grpc" >"$work/log" 2>&1 &
sidecar=$!
for _ in $(seq 1 300); do
  grep -q '"ready"' "$work/log" && break
  sleep 0.1
done

# A message of gRPC: flag, length, bytes.
frame() {
  printf '\000\000\000%b%b' "\\0$(printf '%03o' $(($1 >> 8)))" "\\0$(printf '%03o' $(($1 & 255)))"
}

# field NUMBER FILE: a field of bytes in protobuf's wire form; lengths below 16384
field() {
  local length
  length=$(stat -c %s "$2")
  printf '%b' "\\0$(printf '%03o' $(($1 << 3 | 2)))"
  if [ "$length" -lt 128 ]; then
    printf '%b' "\\0$(printf '%03o' "$length")"
  else
    printf '%b%b' "\\0$(printf '%03o' $((length & 127 | 128)))" "\\0$(printf '%03o' $((length >> 7)))"
  fi
  cat "$2"
}

# text NUMBER TEXT
text() {
  printf '%s' "$2" >"$work/text"
  field "$1" "$work/text"
}

{ text 1 x-portcullis-user; text 2 alice; } >"$work/user"
{ text 1 user-agent; text 2 load/1; } >"$work/agent"
{ text 2 POST; field 3 "$work/user"; field 3 "$work/agent"; text 4 /conversations/c1/messages; text 5 api; text 6 http; } >"$work/http"
field 2 "$work/http" >"$work/request"
field 4 "$work/request" >"$work/attributes"
field 1 "$work/attributes" >"$work/check"
{ frame "$(stat -c %s "$work/check")"; cat "$work/check"; } >"$work/check.grpc"
frame 0 >"$work/health.grpc"

authz=(-H 'x-original-method: POST' -H 'x-original-uri: /conversations/c1/messages' -H 'x-portcullis-user: alice')
envoy=(-H 'content-type: application/grpc' -H 'te: trailers')

# measure NAME H2LOAD-ARGUMENT...
measure() {
  local name=$1
  shift
  rm -f "$work/times"
  h2load -n "$requests" -c 16 -t 1 --log-file="$work/times" "$@" >"$work/out" 2>&1
  rate=$(awk '/^finished in/ { print $4 }' "$work/out")
  # Microseconds of each request, in order; and how many were answered well.
  cut -f3 "$work/times" | sort -n | awk -v name="$name" -v rate="$rate" '
    { time[NR] = $1 }
    END { printf "%-28s %10s req/s   p50 %6d us   p99 %6d us   p99.9 %6d us\n", name, rate,
          time[int(NR * 0.5) + 1], time[int(NR * 0.99)], time[int(NR * 0.999)] }'
  wrong=$(awk '$2 != 200' "$work/times" | wc -l)
  [ "$wrong" -eq 0 ] || { printf 'FAIL %s answers were not 200\n' "$wrong"; failed=1; }
}

failed=0
for round in $(seq 1 "$rounds"); do
  printf '== round %s of %s\n' "$round" "$rounds"
  measure 'HTTP/1.1 /healthz (nothing)' --h1 "${authz[@]}" "http://127.0.0.1:$http/healthz"
  measure 'HTTP/1.1 /authz' --h1 "${authz[@]}" "http://127.0.0.1:$http/authz"
  measure 'gRPC health (nothing)' -d "$work/health.grpc" "${envoy[@]}" \
    "http://127.0.0.1:$grpc/grpc.health.v1.Health/Check"
  measure 'gRPC ext_authz Check' -d "$work/check.grpc" "${envoy[@]}" \
    "http://127.0.0.1:$grpc/envoy.service.auth.v3.Authorization/Check"
done
curl -s "http://127.0.0.1:$http/metrics" | grep -E 'decision_seconds_(count|sum)'
exit "$failed"
