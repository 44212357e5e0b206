#!/usr/bin/env bash
# Debian's `aws` command line, unchanged, asks a sidecar instead of AWS: the policy simulator and GetCallerIdentity. Where
# it isn't installed, says so and stops. Usage: sidecar/src/it/aws.sh; exits with 0 when all hold.
set -u

root=$(CDPATH='' cd -P "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
sidecar=
failures=0
checked=0
trap '[ -z "$sidecar" ] || { kill "$sidecar"; wait "$sidecar"; } 2>/dev/null; rm -rf "$work"' EXIT

if ! aws --version >"$work/version" 2>&1; then
  printf '\n!! LEFT OUT: the aws command line is not installed\n\n'
  exit 0
fi
cat "$work/version"

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return; }
  done
}

# holds WHAT EXPECTED ACTUAL
holds() {
  checked=$((checked + 1))
  if [ "$2" != "$3" ]; then
    printf 'FAIL %s:\n  %s\nnot\n  %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
  fi
}

# ask COMMAND...: what aws says, both streams, white space made one blank, its exit code at the end if it isn't 0
ask() {
  aws --endpoint-url "http://127.0.0.1:$http" "$@" >"$work/said" 2>&1
  local code=$?
  tr -s '[:space:]' ' ' <"$work/said" | sed 's/^ //; s/ $//; s/^aws: \[ERROR\]: //; s/ (reached max retries: 0)//'
  # An error of the service: 255 for version 1, 254 for version 2.
  case $code in 0) ;; 254 | 255) printf ' (refused)' ;; *) printf ' (exit code %s)' $code ;; esac
}

# Nothing of the machine's own configuration counts.
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL AWS_ENDPOINT_URL_IAM AWS_ENDPOINT_URL_STS
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy
export AWS_CONFIG_FILE=$work/none AWS_SHARED_CREDENTIALS_FILE=$work/none AWS_EC2_METADATA_DISABLED=true
export AWS_ACCESS_KEY_ID=AKIANOBODY AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1
export AWS_MAX_ATTEMPTS=1 AWS_PAGER= AWS_DEFAULT_OUTPUT=text

http=$(free_port)
alice=arn:aws:iam::111122223333:user/alice
dave=arn:aws:iam::111122223333:user/dave
"$root/portcullis" --version >/dev/null || exit 2
"$root/portcullis" serve --store "$root/examples/amazon-q" --http "127.0.0.1:$http" --grpc 127.0.0.1:0 \
  --aws-principal arn:aws:iam::111122223333:root --aws-access-key "AKIAALICE=$alice" >"$work/log" 2>&1 &
sidecar=$!
for _ in $(seq 1 600); do
  grep -q '"ready"' "$work/log" && break
  kill -0 "$sidecar" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done

cat >"$work/read.json" <<'POLICY'
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/${aws:username}/*"},
    {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
  ]
}
POLICY
read_notes=(iam simulate-custom-policy --policy-input-list "$(cat "$work/read.json")")
on_one=(--resource-arns arn:aws:s3:::notes/alice/today --caller-arn $alice)
decision='EvaluationResults[].[EvalActionName,EvalDecision]'

holds 'sts get-caller-identity' '111122223333 arn:aws:iam::111122223333:root 111122223333' \
  "$(ask sts get-caller-identity --query '[Account,Arn,UserId]')"
holds 'sts get-caller-identity, by access key' "111122223333 $alice AIDAACKCEVSQ6C2ALICE1" \
  "$(AWS_ACCESS_KEY_ID=AKIAALICE ask sts get-caller-identity --query '[Account,Arn,UserId]')"

holds 'simulate-custom-policy: allowed, with the statement and its place' \
  's3:GetObject allowed PolicyInputList.1 IAM Policy 3 17 4 102 s3:PutObject implicitDeny' \
  "$(ask "${read_notes[@]}" "${on_one[@]}" --action-names s3:GetObject s3:PutObject --query 'EvaluationResults[].[EvalActionName,
    EvalDecision,MatchedStatements[].[SourcePolicyId,SourcePolicyType,StartPosition.Line,StartPosition.Column,EndPosition.Line,EndPosition.Column]]')"
holds 'simulate-custom-policy: denied by context' 's3:GetObject explicitDeny' \
  "$(ask "${read_notes[@]}" "${on_one[@]}" --action-names s3:GetObject --query "$decision" --context-entries \
    ContextKeyName=aws:SecureTransport,ContextKeyValues=false,ContextKeyType=boolean)"
holds 'simulate-custom-policy: several resources, boundary, missing context' \
  'arn:aws:s3:::notes/alice/1 implicitDeny False aws:SecureTransport aws:username arn:aws:s3:::notes/bob/1 implicitDeny False aws:SecureTransport aws:username' \
  "$(ask "${read_notes[@]}" --action-names s3:GetObject --resource-arns arn:aws:s3:::notes/alice/1 arn:aws:s3:::notes/bob/1 \
    --permissions-boundary-policy-input-list '{"Version":"2012-10-17","Statement":[]}' \
    --query 'EvaluationResults[].ResourceSpecificResults[].[EvalResourceName,EvalResourceDecision,
      PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,sort(MissingContextValues)]')"
many=(s3:GetObject s3:PutObject s3:DeleteObject s3:GetObjectAcl s3:PutObjectAcl)
holds 'simulate-custom-policy: pages' "${many[*]}" \
  "$(ask "${read_notes[@]}" --action-names "${many[@]}" --page-size 2 --query 'EvaluationResults[].EvalActionName')"
holds 'simulate-custom-policy: refused input' \
  'An error occurred (InvalidInput) when calling the SimulateCustomPolicy operation: The action is invalid since it is missing names (refused)' \
  "$(ask "${read_notes[@]}" --action-names GetObject)"

holds 'simulate-principal-policy: group, SCP' \
  'q:SendMessage allowed True q:DeletePlugin implicitDeny True organizations:LeaveOrganization explicitDeny False' \
  "$(ask iam simulate-principal-policy --policy-source-arn $alice \
    --action-names q:SendMessage q:DeletePlugin organizations:LeaveOrganization \
    --context-entries ContextKeyName=aws:RequestedRegion,ContextKeyValues=us-east-1,ContextKeyType=string \
    --query 'EvaluationResults[].[EvalActionName,EvalDecision,OrganizationsDecisionDetail.AllowedByOrganizations]')"
holds 'simulate-principal-policy: boundary' 'iam:ListUsers implicitDeny False' \
  "$(ask iam simulate-principal-policy --policy-source-arn $dave --action-names iam:ListUsers \
    --query 'EvaluationResults[].[EvalActionName,EvalDecision,PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary]')"
holds 'simulate-principal-policy: nobody' \
  'An error occurred (NoSuchEntity) when calling the SimulatePrincipalPolicy operation: Unable to retrieve specified IAM entity. (refused)' \
  "$(ask iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/nobody --action-names s3:GetObject)"

holds 'get-context-keys-for-custom-policy' 'aws:SecureTransport aws:username' \
  "$(ask iam get-context-keys-for-custom-policy --policy-input-list "$(cat "$work/read.json")" --query 'sort(ContextKeyNames)')"
holds 'get-context-keys-for-principal-policy' 'aws:CalledVia aws:PrincipalTag/team aws:ResourceTag/team' \
  "$(ask iam get-context-keys-for-principal-policy --policy-source-arn $alice --query 'sort(ContextKeyNames)')"

printf '%s of %s hold\n' $((checked - failures)) "$checked"
[ "$failures" -eq 0 ]
