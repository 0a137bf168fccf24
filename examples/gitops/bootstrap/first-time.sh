#!/usr/bin/env bash
# Applies this configuration in an account for the first time: bootstrap/first-time.sh <account>
# There is no bucket for the state yet, so it is in a file until there is one, and then moves into it. After an error,
# mend it and run this again. Needs an administrator's credentials of the account.
set -euo pipefail
cd "$(dirname "$0")"

trap 'rm -f backend_override.tf' EXIT
printf 'terraform {\n  backend "local" {}\n}\n' > backend_override.tf
terraform init -reconfigure -backend-config="path=first-time.$1.tfstate"
terraform apply -var-file="$1.tfvars"

rm backend_override.tf
terraform init -migrate-state -force-copy -backend-config="$1.s3.tfbackend"
rm -f "first-time.$1.tfstate" "first-time.$1.tfstate.backup"
