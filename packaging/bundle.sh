#!/usr/bin/env bash
# Packs what runs Portcullis on another machine: jar, launcher, examples, systemd unit.
# Usage: packaging/bundle.sh FILE.tar.gz
set -euo pipefail

root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd)
out=${1:?usage: packaging/bundle.sh FILE.tar.gz}
"$root/portcullis" --version >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
home=$work/portcullis
mkdir -p "$home/bin" "$home/lib" "$home/systemd"
cp "$root/cli/target/portcullis.jar" "$home/lib/"
cp "$root/packaging/portcullis" "$root/packaging/portcullis-archive" "$root/packaging/portcullis-ready" "$home/bin/"
cp "$root/packaging/portcullis.service" "$home/systemd/"
cp -r "$root/examples" "$home/"
cp "$root/LICENSE" "$root/NOTICE" "$root/README.md" "$root/docs/operations.md" "$home/"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "$out" portcullis
