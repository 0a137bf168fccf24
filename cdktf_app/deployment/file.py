"""Reads the deployment file."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cdktf_app.deployment.defaults import origin
from cdktf_app.deployment.model import Deployment
from cdktf_app.deployment.yaml_file import load


class DeploymentError(Exception):
    """The deployment file cannot be used; the message names the file, each field and what is wrong with it."""


def read_deployment(path: Path) -> Deployment:
    """Read and check the deployment file.

    Raises:
        DeploymentError: The file is missing, cannot be read, is not YAML, or has fields with mistakes; all are
            named at once.
    """
    try:
        content = load(path.read_text())
    except FileNotFoundError as error:
        raise DeploymentError(
            f"There is no deployment file {path}. Copy examples/cdktf-deploy/deployment.yaml and change it."
        ) from error
    except OSError as error:
        raise DeploymentError(f"The deployment file {path} cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        raise DeploymentError(f"{path} is not valid YAML: {error}") from error
    try:
        return Deployment.model_validate(content, context={"folder": path.parent})
    except ValidationError as error:
        # A mistake in the defaults is one of each hub or spoke, and told once.
        mistakes = dict.fromkeys(_describe(mistake, content) for mistake in error.errors())
        raise DeploymentError("\n".join([f"{path} has mistakes:", *mistakes])) from error


def _describe(mistake: ErrorDetails, content: object) -> str:
    field = ".".join(str(part) for part in origin(content, mistake["loc"])) or "(the whole file)"
    given = mistake["input"]
    # An address may hold a password, and where the ARN of a secret belongs may be the secret: both are mistakes.
    if isinstance(given, str) and ("@" in given or "loki_credential_arns" in mistake["loc"]):
        given = None
    shown = f" (given: {given!r})" if isinstance(given, str | int | float | bool) else ""
    return f"  {field}: {mistake['msg'].removeprefix('Value error, ')}{shown}"
