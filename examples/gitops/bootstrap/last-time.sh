#!/usr/bin/env bash
# Takes everything away that first-time.sh has made in an account: bootstrap/last-time.sh <account>
# Destroy what is in accounts/<account> before: the state of it goes too, with all earlier ones. Asks twice.
set -euo pipefail
cd "$(dirname "$0")"

terraform init -reconfigure -backend-config="$1.s3.tfbackend"
terraform apply -var-file="$1.tfvars" -var=force_destroy=true
terraform state pull > "last-time.$1.tfstate"

# The state cannot be in the bucket that goes.
trap 'rm -f backend_override.tf' EXIT
printf 'terraform {\n  backend "local" {}\n}\n' > backend_override.tf
terraform init -reconfigure -backend-config="path=last-time.$1.tfstate"
terraform destroy -var-file="$1.tfvars" -var=force_destroy=true
rm -f "last-time.$1.tfstate" "last-time.$1.tfstate.backup"
