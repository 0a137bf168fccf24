"""Buckets that load balancers log to: their policies and notifications, and those that the onboarding makes.

`buckets` is what a run calls. It reads a bucket (`inspection`), compares it with what is wanted (`plan`, of
`statements`, `policy`, `denials` and `notifications`) and writes what differs (`writing`).
"""
