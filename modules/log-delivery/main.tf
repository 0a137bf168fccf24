# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/log_delivery and run `make modules`.

# Nothing is here: each concern has a file of its own.
