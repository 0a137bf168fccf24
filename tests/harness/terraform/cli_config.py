"""Where Terraform takes providers from: a mirror on this machine if there is one, else the registry.

A mirror matters for more than speed: the AWS provider is 700 MB unpacked, which Terraform links from a mirror
of unpacked providers and would otherwise copy for every test.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

REGISTRY = "registry.terraform.io"


@dataclass(frozen=True)
class ProviderSource:
    """How providers are found.

    Attributes:
        cli_config: value of TF_CLI_CONFIG_FILE.
        mirror: folder that holds `registry.terraform.io`, or None.
        plugin_cache: value of TF_PLUGIN_CACHE_DIR where providers come from the registry, or None. Terraform does
            not guard it against simultaneous use: hold a lock during `init`.
    """

    cli_config: Path
    mirror: Path | None
    plugin_cache: Path | None


def provider_source(build: Path, *, environ: Mapping[str, str] | None = None) -> ProviderSource:
    """Find the mirror, and write the configuration that goes with it below the folder `build`.

    In this order: the user's own CLI configuration, which TF_CLI_CONFIG_FILE names or which is `~/.terraformrc`,
    is used as it is if it exists; a mirror in one of Terraform's implied folders; a mirror right below a folder of
    the system's optional software; the registry, with a cache.

    https://developer.hashicorp.com/terraform/cli/config/config-file#locations (on Windows it has another place,
    but there the harness does not run).
    """
    environment = os.environ if environ is None else environ
    own = find_cli_config(environment)
    if own:
        return ProviderSource(own, mirror=None, plugin_cache=_cache(build))
    mirror = find_mirror([*implied_mirrors(environment), *optional_software()])
    file = build / "terraform" / ("mirror.tfrc" if mirror else "registry.tfrc")
    _write(file, _mirror_configuration(mirror) if mirror else "")
    return ProviderSource(file, mirror, plugin_cache=None if mirror else _cache(build))


def find_cli_config(environment: Mapping[str, str]) -> Path | None:
    """The user's own CLI configuration, if there is one."""
    named = environment.get("TF_CLI_CONFIG_FILE")
    candidates = [*([Path(named).absolute()] if named else []), _home(environment) / ".terraformrc"]
    return next((file for file in candidates if file.is_file()), None)


def find_mirror(candidates: Iterable[Path]) -> Path | None:
    """The first folder that holds `registry.terraform.io`."""
    return next((folder for folder in candidates if _is_folder(folder / REGISTRY)), None)


def implied_mirrors(environment: Mapping[str, str]) -> list[Path]:
    """Folders where Terraform itself looks for a mirror.

    https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
    """
    home = _home(environment)
    data_home = Path(environment.get("XDG_DATA_HOME") or home / ".local/share")
    data_folders = (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(os.pathsep)
    return [
        home / ".terraform.d/plugins",
        home / "Library/Application Support/io.terraform/plugins",
        data_home / "terraform/plugins",
        *(Path(folder) / "terraform/plugins" for folder in data_folders),
    ]


def optional_software() -> list[Path]:
    """The folders in the place for add-on software packages (Filesystem Hierarchy Standard, 3.13)."""
    place = Path(os.sep, "opt")
    try:
        return sorted(folder for folder in place.iterdir() if folder.is_dir())
    except OSError:
        return []


def _home(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("HOME") or Path.home())


def _mirror_configuration(mirror: Path) -> str:
    held = [
        f"{REGISTRY}/{folder.parent.name}/{folder.name}" for folder in sorted((mirror / REGISTRY).glob("*/*"))
    ]
    return f"""\
provider_installation {{
  filesystem_mirror {{
    path    = {json.dumps(str(mirror))}
    include = {json.dumps(held)}
  }}
  direct {{
    exclude = {json.dumps(held)}
  }}
}}
"""


def _cache(build: Path) -> Path:
    folder = build / "terraform" / "plugin-cache"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(file: Path, text: str) -> None:
    """Replace the file in one step: other processes read it at the same time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text(text)
    draft.replace(file)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
