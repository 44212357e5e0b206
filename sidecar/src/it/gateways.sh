#!/usr/bin/env bash
# nginx, Caddy and HAProxy, as examples/gateways configures them, in front of a sidecar: who is allowed, who isn't, what
# clients can't forge, reloads under load, a sidecar that is gone. A gateway that isn't installed is left out, loudly.
# Usage: sidecar/src/it/gateways.sh [SECONDS of load per gateway, default 5]; exits with 0 when all hold.
set -u

root=$(CDPATH='' cd -P "$(dirname "$0")/../../.." && pwd)
it=$root/sidecar/src/it
load_seconds=${1:-5}
work=$(mktemp -d)
started=()
failures=0
checked=0

stop() {
  for pid in ${started[@]+"${started[@]}"}; do
    kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done
  rm -rf "$work"
}
trap stop EXIT

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return; }
  done
}

# until_open PORT WHAT
until_open() {
  for _ in $(seq 1 300); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.1
  done
  echo "FAIL $2 doesn't listen" >&2
  cat "$work"/*.log >&2
  exit 1
}

# status CURL-ARGUMENT...: the status code; 000 without an answer
status() {
  curl -s -o "$work/body" -w '%{http_code}' --path-as-is --max-time 10 "$@"
}

# holds WHAT EXPECTED ACTUAL
holds() {
  checked=$((checked + 1))
  if [ "$2" != "$3" ]; then
    printf 'FAIL %s: %s, not %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
  fi
}

command -v curl >/dev/null || { echo "SKIPPED: curl is not installed"; exit 0; }

http=$(free_port)
grpc=$(free_port)
upstream=$(free_port)
cp -r "$root/examples/amazon-q" "$work/store"
cp "$root/examples/gateways/mapping.json" "$work/mapping.json"

"$root/portcullis" --version >/dev/null || exit 2

# Starts the sidecar; leaves its process id in $sidecar.
start_sidecar() {
  "$root/portcullis" serve --store "$work/store" --mapping "$work/mapping.json" \
    --http "127.0.0.1:$http" --grpc "127.0.0.1:$grpc" --watch-seconds 0.1 --shed-millis 10000 >>"$work/sidecar.log" 2>&1 &
  sidecar=$!
  started+=("$sidecar")
  until_open "$http" "the sidecar"
}

java "$it/Upstream.java" "$upstream" >"$work/upstream.log" 2>&1 &
started+=($!)
start_sidecar
until_open "$upstream" "the application"

# check_gateway NAME PORT: what holds for every gateway
check_gateway() {
  local name=$1 base=http://127.0.0.1:$2
  local alice=(-H 'X-Api-Key: alice-key' -X POST)

  # The first question finds programs that have just started; on a busy machine it may take longer than gateways wait.
  for _ in 1 2 3 4 5; do
    [ "$(status "${alice[@]}" "$base/conversations/1/messages")" = 200 ] && break
    sleep 0.2
  done
  holds "$name: allowed" 200 "$(status "${alice[@]}" -D "$work/headers" "$base/conversations/1/messages?x=1")"
  holds "$name: reaches the application" "reached POST /conversations/1/messages?x=1" "$(cat "$work/body")"
  holds "$name: denied by a policy" 403 "$(status "${alice[@]}" "$base/organization/leave")"
  holds "$name: nobody" 401 "$(status -X POST "$base/conversations/1/messages")"
  holds "$name: a forged identity" 401 \
    "$(status -X POST -H 'X-Portcullis-User: alice' "$base/conversations/1/messages")"
  holds "$name: a forged identity beside one's own" 403 \
    "$(status "${alice[@]}" -H 'X-Portcullis-User: carol' "$base/organization/leave")"
  holds "$name: a forged request line" 403 \
    "$(status "${alice[@]}" -H 'X-Original-Method: POST' -H 'X-Original-URI: /conversations/1/messages' \
      -H 'X-Forwarded-Method: POST' -H 'X-Forwarded-Uri: /conversations/1/messages' "$base/organization/leave")"
  holds "$name: a route that isn't there" 403 "$(status "${alice[@]}" "$base/other")"
  for path in //conversations/1/messages /conversations//1/messages /x/../conversations/1/messages \
    /conversations/1%2fmessages /conversations/%2e%2e/conversations/1/messages /conversations/..%2f1/messages; do
    code=$(status "${alice[@]}" "$base$path")
    # nginx itself answers 400 to a path that leaves the root.
    case $code in 403 | 400) code=refused ;; esac
    holds "$name: $path" refused "$code"
  done

  # Policies and mapping change twice a second while an allowed and a denied question come in turns.
  java "$it/Asker.java" "$base" "$load_seconds" 4 >"$work/asker.log" 2>&1 &
  local asker=$! n=0
  while kill -0 "$asker" 2>/dev/null; do
    n=$((n + 1))
    sed "s/\"us-east-1\"/\"us-east-1\" \/\/ $n/" "$root/examples/gateways/mapping.json" | sed 's#// [0-9]* }#}#' \
      >"$work/mapping.new" && mv "$work/mapping.new" "$work/mapping.json"
    printf ' ' >>"$work/store/policies/developer-guardrails.json"
    sleep 0.5
  done
  wait "$asker"
  holds "$name: reloads under load ($(cat "$work/asker.log"))" 0 $?
  printf '   %s under %s reloads: %s\n' "$name" "$n" "$(cat "$work/asker.log")"

  kill "$sidecar" && wait "$sidecar" 2>/dev/null
  local began=$EPOCHREALTIME
  code=$(status "${alice[@]}" "$base/conversations/1/messages")
  local ended=$EPOCHREALTIME
  case $code in 2* | 3*) ;; *) code="closed" ;; esac
  holds "$name: the sidecar is down" closed "$code"
  printf '   %s with the sidecar down: refused after %s ms\n' "$name" \
    $(((${ended/./} - ${began/./}) / 1000))
  start_sidecar
  holds "$name: the sidecar is back" 200 "$(status --retry 5 --retry-all-errors "${alice[@]}" "$base/conversations/1/messages")"
}

left_out=
for gateway in nginx caddy haproxy; do
  if ! command -v $gateway >/dev/null; then
    left_out="$left_out $gateway"
    continue
  fi
  port=$(free_port)
  mkdir -p "$work/$gateway"
  for file in nginx.conf Caddyfile haproxy.cfg portcullis.lua; do
    sed "s/127\.0\.0\.1:8080/127.0.0.1:$port/; s/127\.0\.0\.1:8181/127.0.0.1:$http/; s/127\.0\.0\.1:8090/127.0.0.1:$upstream/" \
      "$root/examples/gateways/$file" >"$work/$gateway/$file"
  done
  printf '== %s\n' "$gateway"
  case $gateway in
    nginx) nginx -p "$work/nginx" -c nginx.conf -g 'daemon off;' >"$work/nginx.log" 2>&1 & ;;
    caddy)
      (cd "$work/caddy" && HOME=$work/caddy XDG_DATA_HOME=$work/caddy exec caddy run --config Caddyfile \
        --adapter caddyfile) >"$work/caddy.log" 2>&1 &
      ;;
    haproxy)
      (cd "$work/haproxy" && PORTCULLIS_PORT=$http exec haproxy -db -f haproxy.cfg) >"$work/haproxy.log" 2>&1 &
      ;;
  esac
  pid=$!
  started+=("$pid")
  until_open "$port" "$gateway"
  check_gateway "$gateway" "$port"
  kill "$pid" && wait "$pid" 2>/dev/null
done

[ -z "$left_out" ] || printf '\n!! LEFT OUT, not installed:%s\n\n' "$left_out"
printf '%s of %s hold\n' $((checked - failures)) "$checked"
[ "$failures" -eq 0 ]
