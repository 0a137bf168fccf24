"""A test harness for Terraform modules on AWS: LocalStack without Docker, Terraform, and a stand-in for Loki.

Nothing in here knows the project it tests; the folder can be copied into another repository as it is. The
parts do not depend on pytest, but for `pytest_plugin`, which turns them into fixtures.
"""
