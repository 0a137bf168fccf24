#!/usr/bin/env bash
# Plans an account, and checks the plan: pipeline/plan.sh <account>
# Leaves plan.tfplan, plan.json and plan.txt in its folder. The role that plans writes nothing, hence no lock: what is
# planned on a state that changes meanwhile is refused by the apply.
set -euo pipefail
cd "$(dirname "$0")/../accounts/$1"

terraform init -input=false -no-color
terraform plan -input=false -no-color -lock=false -out=plan.tfplan
terraform show -json plan.tfplan > plan.json
terraform show -no-color plan.tfplan > plan.txt
../../pipeline/check.sh plan.json
