# The bucket is named by <account>.s3.tfbackend, since it is another one in each account. It is made by this very
# configuration: the first time, the state is in a file (first-time.sh).
terraform {
  required_version = ">= 1.10" # use_lockfile

  backend "s3" {}
}
