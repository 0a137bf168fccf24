"""Switches on the logs of load balancers that already exist, and takes them back.

It imports nothing but the standard library and what Lambda's Python comes with: boto3 and botocore.
"""
