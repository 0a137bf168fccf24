#!/usr/bin/env bash
# Opens, updates or closes the issue about an account's drift: pipeline/drift-issue.sh <account> <exit code of drift.sh>
# Needs GH_TOKEN, GITHUB_REPOSITORY and RUN_URL. Fails where the look itself has failed.
set -euo pipefail
account=$1 code=$2
title="Drift: $account"
export GH_REPO=$GITHUB_REPOSITORY

open=$(gh issue list --state open --search "\"$title\" in:title" --json number,title \
  --jq "map(select(.title == \"$title\"))[0].number // empty")
case $code in
0)
  [ -z "$open" ] || gh issue close "$open" --comment "No longer: $RUN_URL"
  ;;
2)
  body=$(mktemp)
  trap 'rm -f "$body"' EXIT
  printf '%s\n\n```text\n%s\n```\n' "$RUN_URL" "$(tail -c 60000 "$(dirname "$0")/../accounts/$account/plan.txt")" > "$body"
  if [ -n "$open" ]; then
    gh issue edit "$open" --body-file "$body"
  else
    gh issue create --title "$title" --body-file "$body"
  fi
  ;;
*)
  echo "pipeline/drift.sh $account ended with $code" >&2
  exit 1
  ;;
esac
