#!/usr/bin/env bash
# Checks a plan in JSON form by the policies in policy/: pipeline/check.sh <plan.json>
# Prints what is broken, and fails then. Also fails if not all policies were looked at.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
policies=4

PLAN_JSON=$(realpath "$1")
export PLAN_JSON
report=$(mktemp)
trap 'rm -f "$report"' EXIT
# Downloads nothing, sends nothing: no platform, no guidelines.
"${CHECKOV:-checkov}" --framework terraform_plan --file "$PLAN_JSON" --external-checks-dir "$repository/policy" \
  --check 'ALB_LOKI_*' --skip-download --soft-fail --output json > "$report"

jq -r '.results.failed_checks[]? | "\(.check_id) \(.check_name)", (.details[] | "  - \(.)")' "$report"
judged=$(jq '[.results | (.passed_checks, .failed_checks)[]?.check_id] | unique | length' "$report")
failed=$(jq '[.results.failed_checks[]?] | length' "$report")
if [ "$judged" != "$policies" ]; then
  echo "Only ${judged:-0} of $policies policies were looked at: is there a provider in the configuration?" >&2
  exit 1
fi
if [ "$failed" != 0 ]; then
  exit 1
fi
echo "All $policies policies are kept."
