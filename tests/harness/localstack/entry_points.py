"""Makes the plugins known to LocalStack.

LocalStack finds plugins (by `plux`) through the entry points of installed distributions. A folder with nothing
but a distribution's metadata, put on PYTHONPATH, is enough; nothing has to be installed.
"""

from pathlib import Path

_PLUGINS = f"{__package__}.plugins"
_ENTRY_POINTS = f"""\
[localstack.aws.provider]
elbv2:default = {_PLUGINS}.load_balancers:elbv2
s3:private-storage = {_PLUGINS}.private_storage:s3
cloudwatch:tagged-alarms = {_PLUGINS}.alarms:cloudwatch
kms:any-python = {_PLUGINS}.keys:kms
sns:across-accounts = {_PLUGINS}.subscriptions:sns

[localstack.lambda.runtime_executor]
host-process = {_PLUGINS}.lambda_executor:HostProcessExecutorPlugin
"""
_METADATA = """\
Metadata-Version: 2.1
Name: localstack-host-plugins
Version: 1.0
"""


def write_entry_points(folder: Path) -> Path:
    """Write the metadata below `folder`; returns the folder to put on PYTHONPATH."""
    metadata = folder / "localstack_host_plugins-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(_METADATA)
    (metadata / "entry_points.txt").write_text(_ENTRY_POINTS)
    return folder
