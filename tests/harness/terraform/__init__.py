"""Terraform from Python, on `python-terraform`, in the manner of Go's terratest."""
