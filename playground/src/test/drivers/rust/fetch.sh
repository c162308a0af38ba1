#!/usr/bin/env bash
# Cargo.lock is kept here without the registry's address. This fills in the one that this machine's cargo uses, then fetches what is locked.
set -euo pipefail
mv Cargo.lock Cargo.lock.kept
cargo generate-lockfile --quiet
address=$(grep -m1 '^source = ' Cargo.lock)
sed "s|^checksum = |$address\n&|" Cargo.lock.kept >Cargo.lock
rm Cargo.lock.kept
cargo fetch --quiet --locked
