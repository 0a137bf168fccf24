"""The Terraform modules as CDKTF constructs: one package per emitted module, one file per concern."""
