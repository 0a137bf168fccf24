#!/usr/bin/env bash
# Applies the plan that pipeline/plan.sh has left in an account's folder, and nothing else: pipeline/apply.sh <account>
# Terraform refuses it if the state is another one than it was planned on.
set -euo pipefail
cd "$(dirname "$0")/../accounts/$1"

terraform init -input=false -no-color
terraform apply -input=false -no-color -lock-timeout=10m plan.tfplan
