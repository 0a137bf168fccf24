"""LocalStack as a process of the host, without Docker.

LocalStack Community has two gaps when it runs so, which the plugins in `plugins/` close: it has no load
balancers (moto has), and it runs Lambda functions in containers only (here they run as processes).
"""
