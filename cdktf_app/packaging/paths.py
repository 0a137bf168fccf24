"""Where sources, caches and packages are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROMTAIL = ROOT / "lambda_src" / "promtail"
ONBOARDING = ROOT / "lambda_src" / "onboarding"
REQUIREMENTS = PROMTAIL / "requirements.txt"
LOCK = ROOT / "Pipfile.lock"
CACHE = ROOT / ".build" / "packaging"
ONBOARDING_ZIP = ROOT / "modules" / "alb-onboarding" / "lambda" / "onboarding.zip"
"""The zip that travels with the module alb-onboarding, for both architectures."""


def committed_zip(architecture: str) -> Path:
    """Return the path of the zip that travels with the hub module."""
    return ROOT / "modules" / "hub" / "lambda" / f"promtail-{architecture}.zip"
