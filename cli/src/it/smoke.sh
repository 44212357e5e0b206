#!/bin/sh
# Runs the launcher from end to end, as a stranger would: each line of output and exit code below is a promise.
# Usage: cli/src/it/smoke.sh (from anywhere); exits with 0 when all hold.
set -u

here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
root=$(CDPATH='' cd -P "$here/../../.." && pwd)
launcher=$root/portcullis
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# check WHAT EXPECTED-CODE COMMAND...; leaves the output in $work/out and $work/err
check() {
  what=$1
  expected=$2
  shift 2
  "$@" >"$work/out" 2>"$work/err"
  code=$?
  if [ "$code" -ne "$expected" ]; then
    printf 'FAIL %s: exited with %s, not %s\n' "$what" "$code" "$expected"
    sed 's/^/  /' "$work/out" "$work/err" | head -40
    failures=$((failures + 1))
  fi
}

# says STREAM PATTERN: whether a line of the last output matches
says() {
  if ! grep -q -- "$2" "$work/$1"; then
    printf 'FAIL %s: no line matches %s\n' "$what" "$2"
    sed 's/^/  /' "$work/$1" | head -20
    failures=$((failures + 1))
  fi
}

silent() {
  if [ -s "$work/$1" ]; then
    printf 'FAIL %s: said something\n' "$what"
    sed 's/^/  /' "$work/$1" | head -20
    failures=$((failures + 1))
  fi
}

# The first start may build; only its result counts.
"$launcher" --version >/dev/null || exit 2

check 'version' 0 "$launcher" --version
says out '^portcullis [0-9]'
silent err

ln -s "$launcher" "$work/link"
cd "$work" || exit 2
check 'through a symbolic link, from another folder' 0 ./link --version
says out '^portcullis [0-9]'

check 'help' 0 "$launcher" decide --help
says out '^Exit codes: 0 ALLOW, 1 DENY'

check 'no command' 2 "$launcher"
says err '^error: a command is missing'

check 'an unknown option' 2 "$launcher" decide --stoer x
says err 'store'

cd "$root" || exit 2
check 'the example: allowed' 0 "$launcher" decide --store examples/amazon-q --explain \
  --principal arn:aws:iam::111122223333:user/alice \
  --action q:SendMessage --context aws:RequestedRegion=us-east-1
says out '^ALLOW: an identity-based policy allows the q:SendMessage action$'
says out '^  AmazonQDeveloperAccess\[AllowAmazonQDeveloperAccess\] 4:5, Allow, identity-based policy$'
silent err

check 'the example: denied' 1 "$launcher" decide --store examples/amazon-q \
  --principal arn:aws:iam::111122223333:user/alice --action q:SendMessage
says out '^EXPLICIT_DENY: explicit deny in a service control policy$'

check 'the example: its requests' 0 "$launcher" decide --store examples/amazon-q \
  --requests examples/amazon-q/requests.jsonl --format json
says out '"decision":"IMPLICIT_DENY"'

check 'the example: its cases' 0 "$launcher" test --store examples/amazon-q examples/amazon-q/cases.jsonl
says out '^[0-9]* passed, 0 failed$'

check 'the example: its documents' 0 "$launcher" validate examples/amazon-q
says out 'nothing found$'

cases=corpus/src/main/resources/cases/language.jsonl
check 'cases without judging' 0 "$launcher" decide --cases "$cases"
if [ "$(wc -l <"$work/out")" -ne "$(wc -l <"$cases")" ]; then
  printf 'FAIL %s: not a line for each case\n' "$what"
  failures=$((failures + 1))
fi
says out '^{"id":"act-001","decision":"ALLOW"}$'

check 'cases from standard input' 0 sh -c "'$launcher' decide --cases - <'$cases'"
says out '^{"id":"act-001","decision":"ALLOW"}$'

{ head -n 1 "$cases"; printf '{"id": "broken"\n'; head -n 1 "$cases"; } >"$work/broken.jsonl"
check 'a case that cannot be read' 2 "$launcher" decide --cases "$work/broken.jsonl"
says out '^{"id":"line 2","error":"2:'
says err '^error: 1 of 3 cases could not be decided$'

sed 's/"expect": "ALLOW"/"expect": "EXPLICIT_DENY"/' "$cases" >"$work/wrong.jsonl"
check 'cases that differ' 1 "$launcher" test "$work/wrong.jsonl"
says out '^FAIL act-001 '

printf '{"Version":"2012-10-17","Statement":{"Effect":"Alow","Action":"s3:*","Resource":"*"}}' >"$work/bad.json"
check 'a refused document' 1 "$launcher" validate "$work/bad.json"
says out 'did you mean `Allow`'
check 'a refused document as SARIF' 1 "$launcher" validate --format sarif "$work/bad.json"
says out '"version": "2.1.0"'
check 'a refused document decides nothing' 2 "$launcher" decide --policy "$work/bad.json" --action s3:GetObject
silent out

# Arguments are text whatever the locale is.
printf '%s' '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/é"}}' \
  >"$work/accent.json"
check 'an argument beyond ASCII' 0 env LC_ALL=C "$launcher" decide --policy "$work/accent.json" \
  --action s3:GetObject --resource 'arn:aws:s3:::b/é'

check 'cases by the reference' 0 "$launcher" decide --engine reference --cases "$cases"
cp "$work/out" "$work/reference"
check 'cases by the automaton' 0 "$launcher" decide --engine compiled --cases "$cases"
if ! cmp -s "$work/out" "$work/reference"; then
  printf 'FAIL %s: decides otherwise than the reference\n' "$what"
  failures=$((failures + 1))
fi

check 'compile the example' 0 "$launcher" compile examples/amazon-q -o "$work/q.image"
says out '^saved `.*q.image`: [0-9,]* bytes$'
silent err
check 'the image: allowed' 0 "$launcher" decide --image "$work/q.image" --explain \
  --principal arn:aws:iam::111122223333:user/alice \
  --action q:SendMessage --context aws:RequestedRegion=us-east-1
says out '^ALLOW: an identity-based policy allows the q:SendMessage action$'
says out '^  AmazonQDeveloperAccess\[AllowAmazonQDeveloperAccess\] 4:5, Allow, identity-based policy$'
check 'the image: its cases' 0 "$launcher" test --image "$work/q.image" examples/amazon-q/cases.jsonl
says out '^[0-9]* passed, 0 failed$'
check 'the image: other semantics' 2 "$launcher" decide --image "$work/q.image" \
  --semantics arn-like-star-matches=true --principal anonymous --action q:SendMessage
says err 'the image was compiled with other semantics: ARN_LIKE_STAR_MATCHES=false'
head -c 1000 "$work/q.image" >"$work/short.image"
check 'an image cut off' 2 "$launcher" decide --image "$work/short.image" --principal anonymous --action q:SendMessage
says err 'truncated: 1000 bytes instead of '
silent out
check 'the rules of the example' 0 "$launcher" compile examples/amazon-q --listing rules
says out '^policy AmazonQDeveloperAccess, as identity-based policy$'
check 'the automaton of an image' 0 "$launcher" compile --image "$work/q.image" --listing automaton
says out '^policy sets$'

check 'the sidecar: all is well' 0 "$launcher" serve --check --image "$work/q.image" --shadow-store examples/amazon-q \
  --mapping examples/gateways/mapping.json --http 127.0.0.1:0 --grpc 127.0.0.1:0
says err '"event":"ready"'
silent out
check 'the sidecar: a mapping that is wrong' 2 "$launcher" serve --check --store examples/amazon-q \
  --mapping examples/amazon-q/store.json --http 127.0.0.1:0 --grpc 127.0.0.1:0
says err 'store.json:[0-9]*:[0-9]*: a mapping file has no member `organization`'
check 'the sidecar: an AWS principal that is none' 2 "$launcher" serve --check --store examples/amazon-q \
  --aws-principal nobody --http 127.0.0.1:0 --grpc 127.0.0.1:0
says err 'nobody is not the ARN of a principal'
check 'the sidecar: AWS APIs for nobody known' 2 "$launcher" serve --store examples/amazon-q --aws-apis everybody
says err "Invalid value for option '--aws-apis'"
check 'the sidecar: no policies' 2 "$launcher" serve
says err 'give one of --store, --authorization-details and --image'

check 'time decisions' 0 "$launcher" bench --image "$work/q.image" --requests examples/amazon-q/requests.jsonl \
  --seconds 0.2 --warm-up 0.1
says out '^[0-9,]* decisions of 42 requests in 0.2 s, 1 thread: [0-9,]* a second$'
says out '^p99.9 .* ns .* ns$'
silent err

if [ -e /dev/full ]; then
  check 'output that cannot be written' 2 sh -c "'$launcher' decide --cases '$cases' >/dev/full"
  says err "^error: standard output can't be written"
fi

check 'no Java' 2 env JAVA_HOME="$work" "$launcher" --version
says err 'JAVA_HOME has no bin/java'

if [ "$failures" -gt 0 ]; then
  printf '%s failed\n' "$failures"
  exit 1
fi
echo 'launcher: all hold'
