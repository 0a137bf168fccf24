"""Dependencies as wheels for the target, whatever machine this is."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from cdktf_app.packaging.errors import PackagingError
from cdktf_app.packaging.requirements import hashes
from cdktf_app.packaging.target import Target


def fetch_wheels(
    requirements: Path, target: Target, cache: Path, report: Callable[[str], None]
) -> list[Path]:
    """Return the wheels of a requirements file, sorted by name, from the cache or through pip.

    Only files whose SHA-256 the requirements file names are accepted, from the cache too.

    Args:
        requirements: A requirements file with exact versions and hashes.
        target: What the wheels must run on.
        cache: A folder to keep them in; safe for several processes at once.
        report: Is told what is being done.

    Raises:
        PackagingError: pip found no wheel for a package, or a cached one is damaged.
    """
    text = requirements.read_text(encoding="utf-8")
    folder = cache / f"{target}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if not folder.is_dir():
        report(f"Downloading wheels for {target} …")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            downloaded = Path(temporary) / "wheels"
            _download(requirements, target, downloaded)
            try:
                downloaded.rename(folder)
            except OSError:
                if not folder.is_dir():  # If it is there, another process was faster.
                    raise
    wheels = sorted(folder.glob("*.whl"))
    allowed = hashes(text)
    for wheel in wheels:
        if hashlib.sha256(wheel.read_bytes()).hexdigest() not in allowed:
            shutil.rmtree(folder)
            raise PackagingError(
                f"The cached wheel {wheel.name} is not the one that {requirements.name} pins. It was removed: run the "
                "command again."
            )
    return wheels


def _download(requirements: Path, target: Target, folder: Path) -> None:
    tag = "cp" + target.python_version.replace(".", "")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
    ]
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--implementation", "cp"]
    command += ["--python-version", target.python_version, "--abi", tag, "--abi", "abi3", "--abi", "none"]
    for platform in target.platforms:
        command += ["--platform", platform]
    command += ["--dest", str(folder), "--requirement", str(requirements)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        errors = [line for line in result.stderr.splitlines() if line.startswith("ERROR")]
        raise PackagingError(
            f"pip could not get the wheels of {requirements.name} for {target}: "
            f"{' '.join(errors) or result.stderr.strip()} Check the connection to the package index, and that each "
            "package has a wheel for this target."
        )
