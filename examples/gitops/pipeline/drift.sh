#!/usr/bin/env bash
# Looks whether an account is as its folder says: pipeline/drift.sh <account>
# Ends with 0 if it is, with 2 if it is not, with 1 after an error, and leaves what differs in plan.txt.
set -euo pipefail
cd "$(dirname "$0")/../accounts/$1"

terraform init -input=false -no-color
terraform plan -input=false -no-color -lock=false -detailed-exitcode | tee plan.txt
