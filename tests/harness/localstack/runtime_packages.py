"""The Python packages that Lambda's own runtime offers to a function, and no others.

AWS's Python images carry the runtime interface client and boto3 (https://docs.aws.amazon.com/lambda/latest/dg/
lambda-python.html). A function that finds the whole of the test environment on its path would run here and
fail in AWS for a package that was forgotten in its zip.
"""

from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

_OFFERED = ("awslambdaric", "boto3")


def link_runtime_packages(folder: Path) -> Path:
    """Fill `folder` with links to the installed packages that Lambda offers; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in _closure(_OFFERED):
        for top_level in {file.parts[0] for file in package.files or () if file.parts[0] != ".."}:
            link = folder / top_level
            if top_level != "__pycache__" and not link.is_symlink():
                link.symlink_to(Path(str(package.locate_file(top_level))))
    return folder


def _closure(names: tuple[str, ...]) -> list[Distribution]:
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        package = distribution(waiting.pop())
        if package.name not in found:
            found[package.name] = package
            waiting += [
                needed.name
                for needed in map(Requirement, package.requires or ())
                if needed.marker is None or needed.marker.evaluate({"extra": ""})
            ]
    return list(found.values())
