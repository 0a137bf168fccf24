# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

check "existing_bucket_policy" {
  assert {
    condition     = var.create_bucket || !local.manage_policy
    error_message = "manage_policy is true for the existing bucket ${var.bucket_name}: a bucket has one policy, so whatever others have put into it is replaced, and all of it goes with this module. To keep theirs, leave manage_policy out and add the output policy_statements where the policy is managed."
  }
}

check "existing_bucket_notification" {
  assert {
    condition     = var.create_bucket || !local.manage_notification
    error_message = "manage_notification is true for the existing bucket ${var.bucket_name}: a bucket has one notification configuration, so whatever others have put into it is replaced, and all of it goes with this module. To keep theirs, leave manage_notification out and add the output notification where the notification configuration is managed."
  }
}
