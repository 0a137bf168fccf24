"""AWS accounts on an emulator: clients, configuration files and environment variables.

The emulator takes the access key id for the account: the key `111111111111` is the account 111111111111
(https://docs.localstack.cloud/references/multi-account-setups/).
"""
