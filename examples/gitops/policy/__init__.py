"""Policies of this repository on Terraform's plans, as external checks of checkov."""
