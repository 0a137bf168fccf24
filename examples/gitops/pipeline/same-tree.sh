#!/usr/bin/env bash
# Fails where what is checked out is not what an account's plan was made of: pipeline/same-tree.sh <account>
set -euo pipefail
cd "$(dirname "$0")/../accounts/$1"

planned=$(cat plan.tree)
found=$(git rev-parse 'HEAD^{tree}')
if [ "$planned" != "$found" ]; then
  echo "The plan was made of the tree $planned, but main is $found: main went on after the plan." >&2
  echo "Open a pull request that changes a line in accounts/$1, and require branches to be up to date." >&2
  exit 1
fi
