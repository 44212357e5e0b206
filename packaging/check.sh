#!/usr/bin/env bash
# What packaging/ promises: a bundle that runs where it was unpacked, answers health checks, reloads and ends as service
# managers ask it to, follows a ConfigMap's links; a systemd unit and Kubernetes manifests that their own tools accept. What
# isn't installed is left out, loudly. Usage: packaging/check.sh
set -u

root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
failures=0
checked=0
sidecar=
trap '[ -z "$sidecar" ] || kill "$sidecar" 2>/dev/null; rm -rf "$work"' EXIT

# holds WHAT EXPECTED ACTUAL
holds() {
  checked=$((checked + 1))
  if [ "$2" != "$3" ]; then
    printf 'FAIL %s: %s, not %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
  fi
}

left_out() {
  printf '\n!! LEFT OUT: %s\n\n' "$*"
}

# A ConfigMap as the kubelet mounts it: files are links into ..data, which is a link to the version in force.
# configmap FOLDER VERSION ACTION
configmap() {
  local fresh=$1/..version_$2
  mkdir -p "$fresh/policies"
  cp "$work/store.json" "$fresh/store.json"
  sed "s/q:SendMessage/$3/" "$work/developers.json" >"$fresh/policies/developers.json"
  ln -sfn "..version_$2" "$1/..data_tmp"
  mv -T "$1/..data_tmp" "$1/..data"
  ln -sfn ..data/store.json "$1/store.json"
  ln -sfn ..data/policies "$1/policies"
}

# literal NAME: the text of a key of policies.yaml
literal() {
  awk -v key="  $1: |" '$0 == key { in_it = 1; next } in_it && !/^    / { exit } in_it { print substr($0, 5) }' \
    "$root/packaging/kubernetes/policies.yaml"
}

"$root/packaging/bundle.sh" "$work/portcullis.tar.gz" || exit 1
mkdir "$work/opt" && tar -C "$work/opt" -xzf "$work/portcullis.tar.gz"
home=$work/opt/portcullis
ln -s "$home/bin/portcullis" "$work/link"
holds "the bundle's version" "$("$root/portcullis" --version)" "$("$work/link" --version)"
"$home/bin/portcullis-archive"
holds "archives are made" 0 $?

literal store.json >"$work/store.json"
literal developers.json >"$work/developers.json"
literal mapping.json >"$work/mapping.json"
mkdir "$work/policies"
configmap "$work/policies" 1 q:SendMessage

# Leaves nothing behind: as with a read-only root, it may write nowhere.
"$home/bin/portcullis" serve --store "$work/policies" --mapping "$work/mapping.json" --http 127.0.0.1:0 --grpc 127.0.0.1:0 \
  --watch-seconds 0.1 --shed-millis 10000 2>"$work/events" &
sidecar=$!
for _ in $(seq 1 300); do
  grep -q '"ready"' "$work/events" && break
  sleep 0.1
done
port=$(sed -n 's/.*"ready".*"http":"[^"]*:\([0-9]*\)\]".*/\1/p' "$work/events")
holds "the manifests' store and mapping load" yes "$([ -n "$port" ] && echo yes || cat "$work/events")"
[ -n "$port" ] || { printf 'no sidecar to go on with\n'; exit 1; }
"$home/bin/portcullis-ready" "$port"
holds "ready" 0 $?

decide() {
  exec 4<>"/dev/tcp/127.0.0.1/$port"
  local body='{"principal":"arn:aws:iam::111122223333:user/alice","action":"q:SendMessage"}'
  printf 'POST /v1/decide HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' ${#body} "$body" >&4
  grep -o '"decision":"[A-Z_]*"' <&4
  exec 4<&-
}
holds "decides" '"decision":"ALLOW"' "$(decide)"
configmap "$work/policies" 2 q:ListPlugins
for _ in $(seq 1 100); do
  [ "$(decide)" = '"decision":"IMPLICIT_DENY"' ] && break
  sleep 0.1
done
holds "a ConfigMap's new version is in force" '"decision":"IMPLICIT_DENY"' "$(decide)"
loads=$(grep -c '"loaded"' "$work/events")
kill -HUP "$sidecar"
for _ in $(seq 1 100); do
  [ "$(grep -c '"loaded"' "$work/events")" -gt "$loads" ] && break
  sleep 0.1
done
holds "SIGHUP reloads" yes "$([ "$(grep -c '"loaded"' "$work/events")" -gt "$loads" ] && echo yes)"
kill "$sidecar"
wait "$sidecar"
code=$?
# Java says 143 unless the program was quicker to say 0; the unit takes both.
holds "SIGTERM ends it as the unit says" yes \
  "$([ "$code" = 0 ] || [ "$code" = "$(sed -n 's/^SuccessExitStatus=//p' "$root/packaging/portcullis.service")" ] && echo yes || echo "$code")"
sidecar=
holds "drained" 1 "$(grep -c '"ended"' "$work/events")"
"$home/bin/portcullis-ready" "$port"
holds "not ready any more" 1 $?

if command -v systemd-analyze >/dev/null; then
  sed "s#/opt/portcullis#$home#" "$root/packaging/portcullis.service" >"$work/portcullis.service"
  holds "systemd-analyze verify" "" "$(systemd-analyze verify --man=no "$work/portcullis.service" 2>&1 | grep 'portcullis.service')"
  # 0 is best, 10 worst; what is left is that it listens, and compiles at run time.
  systemd-analyze security --offline=true --threshold=15 --no-pager "$work/portcullis.service" >"$work/security" 2>&1
  holds "systemd-analyze security at most 1.5 ($(tail -n 1 "$work/security"))" 0 $?
  tail -n 1 "$work/security"
else
  left_out "systemd-analyze is not installed: the unit"
fi

if command -v npm >/dev/null && (cd "$work" && npm install --silent --no-audit --no-fund --ignore-scripts kubernetes-models@5.1.0 \
  yaml@2.8.1 >npm.log 2>&1); then
  cp "$root/packaging/validate.mjs" "$work/"
  (cd "$work" && node validate.mjs "$root"/packaging/kubernetes/*.yaml)
  holds "manifests against Kubernetes' schemas" 0 $?
else
  left_out "npm or its packages are not here: manifests against Kubernetes' schemas"
fi

if command -v hadolint >/dev/null; then
  hadolint "$root/packaging/Containerfile"
  holds "hadolint" 0 $?
else
  left_out "hadolint is not installed: the Containerfile"
fi

printf '%s of %s hold\n' $((checked - failures)) "$checked"
[ "$failures" -eq 0 ]
