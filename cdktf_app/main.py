"""Entry point of cdktf.json: the deployment file becomes one stack for the hub and one for each spoke."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cdktf_app.deployment.file import DeploymentError, read_deployment

DEFAULT_FILE = "deployment.yaml"
FILE_VARIABLE = "ALB_LOKI_DEPLOYMENT"


def main() -> None:
    """Read the deployment file and synthesize its stacks."""
    path = Path(os.environ.get(FILE_VARIABLE, DEFAULT_FILE))
    try:
        deployment = read_deployment(path)
    except DeploymentError as error:
        sys.exit(f"{error}\n\nThe file is named by {FILE_VARIABLE} (default {DEFAULT_FILE}).")

    # Imported late: it starts CDKTF's Node process, which a file with a mistake has no need of.
    from cdktf_app.deployment.stacks import synthesize

    synthesize(deployment)


if __name__ == "__main__":
    main()
