"""The CDKTF app: the single source of the Terraform modules, and one of the ways to deploy them."""
