#!/usr/bin/env bash
# Shows an account's plan in the pull request, in place of the one before: pipeline/comment.sh <account> <log>
# The log is what pipeline/plan.sh has printed, which is shown where there is no plan. Needs GH_TOKEN, GITHUB_REPOSITORY
# and PULL_REQUEST.
set -euo pipefail
account=$1 log=$2
marker="<!-- plan of $account -->"
comments="repos/$GITHUB_REPOSITORY/issues"

text=$(dirname "$0")/../accounts/$account/plan.txt
[ -s "$text" ] || text=$log
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
  printf '%s\n### %s: %s\n\n' "$marker" "$account" "$(grep -hE '^(Plan:|No changes)' "$text" | tail -1 || true)"
  # Findings of the policies, which the plan does not say. They come last: "  - destroy" before them is Terraform's.
  awk '/^ALB_LOKI_/ { found = 1 } found && /^(ALB_LOKI_|  - )/' "$log"
  # GitHub takes 65,536 characters. The last ones say the most.
  printf '\n<details><summary>Plan</summary>\n\n```text\n%s\n```\n</details>\n' "$(tail -c 60000 "$text")"
} > "$body"

found=$(gh api --paginate "$comments/$PULL_REQUEST/comments" \
  --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -1)
if [ -n "$found" ]; then
  gh api --silent --method PATCH "$comments/comments/$found" --field "body=@$body"
else
  gh api --silent --method POST "$comments/$PULL_REQUEST/comments" --field "body=@$body"
fi
