#!/usr/bin/env bash
# Names the accounts whose folder differs between two commits, as a JSON list: pipeline/changed.sh <from> <to>
# A folder that is gone has nothing to plan with: destroy what it holds first (README.md). The first push of a
# repository comes from the commit 0000…, which is none: no pull request has planned what it brings, so it names none.
set -euo pipefail
cd "$(dirname "$0")/.."

[[ ! $1 =~ ^0+$ ]] || { echo "[]"; exit; }

git diff --name-only "$1" "$2" --relative -- accounts | cut -d/ -f2 | sort -u |
  while read -r account; do [ ! -d "accounts/$account" ] || echo "$account"; done |
  awk '{ list = list separator "\"" $0 "\""; separator = "," } END { print "[" list "]" }'
