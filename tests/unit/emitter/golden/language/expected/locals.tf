# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

locals {
  a      = var.x
  longer = var.y == null

  # Why it is true.
  commented = true

  after = 1

  documents = [
    { a = 1 },
    { b = 2 },
  ]
}
