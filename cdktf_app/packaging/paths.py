"""Where sources, caches and packages are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTION = ROOT / "lambda_src" / "promtail"
REQUIREMENTS = FUNCTION / "requirements.txt"
LOCK = ROOT / "Pipfile.lock"
PACKAGES = ROOT / "modules" / "hub" / "lambda"
CACHE = ROOT / ".build" / "packaging"


def committed_zip(architecture: str) -> Path:
    """Return the path of the zip that travels with the hub module."""
    return PACKAGES / f"promtail-{architecture}.zip"
