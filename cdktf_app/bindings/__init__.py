"""Typed Python bindings of the AWS provider, for the types in use only.

`types.txt` lists the types, `schema.json` is the provider's own schema cut down to them (both committed),
and `imports/aws` at the top of the repository is what the official generator makes of it (not committed).
Importing any module of the prebuilt bindings takes 16 to 31 s and 0.5 to 1.5 GB; these take half a second.
"""
