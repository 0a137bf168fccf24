# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

# Nothing is here: each concern has a file of its own.
