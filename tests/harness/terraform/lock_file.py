"""Which versions of providers a configuration takes, where its own constraints leave a choice."""

import json
from collections.abc import Mapping
from pathlib import Path

LOCK_FILE = ".terraform.lock.hcl"


def lock_providers(folder: Path, versions: Mapping[str, str]) -> None:
    """Write the dependency lock file of the root configuration in `folder`.

    Without one, Terraform takes the newest provider that the constraints allow: another one on each machine, and
    another one tomorrow. A lock file rather than an override of `required_providers`, because it adds no
    requirement to a configuration that has none, and holds for the modules too. Entries that the configuration
    does not need are passed over, and `init` fails where one contradicts a constraint. There are no checksums in
    it, which Terraform then takes from what it installs.

    https://developer.hashicorp.com/terraform/language/files/dependency-lock

    Args:
        folder: where the root configuration lies.
        versions: a provider's full address (`registry.terraform.io/hashicorp/aws`) to its exact version. If it is
            empty, no file is written.
    """
    blocks = [
        f"provider {json.dumps(address)} {{\n  version = {json.dumps(version)}\n}}\n"
        for address, version in sorted(versions.items())
    ]
    if blocks:
        (folder / LOCK_FILE).write_text("\n".join(blocks))
