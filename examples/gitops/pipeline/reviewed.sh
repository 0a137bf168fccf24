#!/usr/bin/env bash
# Prints the id of the workflow run that has planned the pull request which a commit of main comes from:
# pipeline/reviewed.sh <commit>. Needs GH_TOKEN and GITHUB_REPOSITORY.
# The run is looked up by the pull request's last commit: a plan of another branch, or of an earlier push, is none.
set -euo pipefail

head=$(gh api "repos/$GITHUB_REPOSITORY/commits/$1/pulls" \
  --jq ".[] | select(.merge_commit_sha == \"$1\" and .base.ref == \"main\") | .head.sha")
[ -n "$head" ] || { echo "$1 comes from no pull request: there is no reviewed plan to apply" >&2; exit 1; }
run=$(gh run list --repo "$GITHUB_REPOSITORY" --workflow plan.yml --event pull_request --commit "$head" \
  --status success --limit 1 --json databaseId --jq '.[].databaseId')
[ -n "$run" ] || { echo "$head has no plan that succeeded" >&2; exit 1; }
echo "$run"
