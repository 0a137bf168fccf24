#!/usr/bin/env bash
# Prints the ARN of a role that bootstrap/ has made in an account: pipeline/role.sh <account> <plan or apply>
set -euo pipefail
cd "$(dirname "$0")/../accounts/$1"

id=$(sed -nE 's/^account_id *= *"([0-9]{12})"$/\1/p' terraform.tfvars)
[ -n "$id" ] || { echo "accounts/$1/terraform.tfvars has no account_id" >&2; exit 1; }
echo "arn:aws:iam::$id:role/pipeline/alb-loki-$2"
