#!/usr/bin/env bash
# The page at / in a headless Chromium: keyboard, decisions, texts, light and dark, narrow windows, hostile names, images,
# silence. Without a Chromium it is left out, loudly. Usage: sidecar/src/it/page.sh [FOLDER for pictures]
set -u

root=$(CDPATH='' cd -P "$(dirname "$0")/../../.." && pwd)
it=$root/sidecar/src/it
pictures=${1:-}
work=$(mktemp -d)
started=()

stop() {
  for pid in ${started[@]+"${started[@]}"}; do
    kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done
  rm -rf "$work"
}
trap stop EXIT

chromium=
for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
  chromium=$(command -v "$name") && break
done
[ -n "$chromium" ] || { printf '\n!! LEFT OUT, no Chromium is installed: the page in a browser\n\n'; exit 0; }

"$root/portcullis" --version >/dev/null || exit 2
javac -cp "$root/cli/target/portcullis.jar" -d "$work/classes" "$it/Browser.java" "$it/PageCheck.java" || exit 2

# serve NAME OPTION...: starts a sidecar; leaves its URL in $url and its process id in $pid
serve() {
  local name=$1
  shift
  "$root/portcullis" serve "$@" --http 127.0.0.1:0 --grpc 127.0.0.1:0 --shed-millis 10000 >"$work/$name.log" 2>&1 &
  pid=$!
  started+=("$pid")
  for _ in $(seq 1 300); do
    grep -q '"ready"' "$work/$name.log" && break
    kill -0 "$pid" 2>/dev/null || { cat "$work/$name.log" >&2; exit 1; }
    sleep 0.1
  done
  url=http://127.0.0.1:$(sed -n 's/.*"ready".*"http":"[^"]*:\([0-9]*\)\]".*/\1/p' "$work/$name.log")/
}

# A policy that would like to be markup, by its name, its Sid and what it compares with.
mkdir -p "$work/hostile/policies"
cat >"$work/hostile/store.json" <<'JSON'
{ "users": { "arn:aws:iam::111122223333:user/mallory": { "policies": [] } },
  "resources": { "arn:aws:s3:::models": { "account": "111122223333", "policy": "<img src=x onerror=\"window.hit=1\">" } } }
JSON
cat >"$work/hostile/policies/<img src=x onerror=\"window.hit=1\">.json" <<'JSON'
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "sid <img src=x onerror=\"window.hit=1\">",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:user/mallory" },
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::models",
      "Condition": { "StringEquals": { "aws:UserAgent": "<img src=x onerror=\"window.hit=1\">" } }
    }
  ]
}
JSON
"$root/portcullis" compile "$root/examples/amazon-q" -o "$work/store.image" >"$work/compile.log" 2>&1 ||
  { cat "$work/compile.log" >&2; exit 1; }

serve store --store "$root/examples/amazon-q"
store=$url
serve hostile --store "$work/hostile"
hostile=$url
serve image --image "$work/store.image"
image=$url
image_pid=$pid

"$chromium" --headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync \
  --disable-component-update --disable-extensions --disable-dev-shm-usage --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1' \
  --user-data-dir="$work/profile" --remote-debugging-port=0 about:blank >"$work/chromium.log" 2>&1 &
started+=("$!")
for _ in $(seq 1 300); do
  grep -q 'DevTools listening on' "$work/chromium.log" && break
  sleep 0.1
done
devtools=$(sed -n 's/.*DevTools listening on //p' "$work/chromium.log")
[ -n "$devtools" ] || { cat "$work/chromium.log" >&2; echo "Chromium doesn't start" >&2; exit 1; }

java -cp "$work/classes:$root/cli/target/portcullis.jar" PageCheck "$devtools" "$store" "$hostile" "$image" "$image_pid" \
  ${pictures:+"$pictures"}
