#!/usr/bin/env bash
# Checks a plan in JSON form by the policies in policy/: pipeline/check.sh <plan.json>
# Prints what is broken, and fails then. Also fails if not all policies were looked at.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)

PLAN_JSON=$(realpath "$1")
export PLAN_JSON
# Downloads nothing, sends nothing: no platform, no guidelines.
"${CHECKOV:-checkov}" --framework terraform_plan --file "$PLAN_JSON" --external-checks-dir "$repository/policy" \
  --check 'ALB_LOKI_*' --skip-download --soft-fail --output json | python3 "$repository/pipeline/verdict.py" 4
