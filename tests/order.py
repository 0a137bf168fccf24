"""In which order the files of tests are run: one that takes long and begins last would leave all workers but one idle.

pytest-xdist would begin with the files that hold most tests, which are not those that take longest; the Makefile tells
it to keep the order that is made here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

LONGEST_FIRST = (
    # What is applied on LocalStack.
    "tests/apply/test_demo.py",
    "tests/apply/test_cdktf_deploy.py",
    "tests/apply/test_upgrade.py",
    "tests/e2e/test_onboarding.py",
    "tests/apply/test_onboarding.py",
    "tests/apply/test_gitops.py",
    "tests/e2e/test_queue.py",
    "tests/e2e/test_direct.py",
    "tests/apply/test_cloudformation.py",
    "tests/apply/examples/test_onboarding.py",
    "tests/apply/examples/test_two_spokes.py",
    "tests/apply/examples/test_existing_bucket.py",
    "tests/apply/examples/test_single_account.py",
    "tests/apply/onboarding/test_run.py",
    "tests/apply/test_command_line.py",
    # It makes the plans that the other files of its folder look at, too.
    "tests/modules/test_plans.py",
    "tests/modules/test_validations.py",
    "tests/unit/onboarding/test_faults.py",
    "tests/scans/test_checkov.py",
    "tests/modules/test_hub_spokes.py",
    "tests/unit/harness/test_pytest_plugin.py",
    "tests/unit/onboarding/test_run.py",
    "tests/unit/onboarding/buckets/test_patience.py",
    "tests/scans/test_gitops_policies.py",
    "tests/unit/promtail/faults/test_long_object.py",
    "tests/unit/modules/test_emission.py",
    "tests/unit/packaging/test_packages.py",
)


def turn(root: Path) -> Callable[[Any], int]:
    """Makes the key that sorts tests: the files that take longest, and then all others as they come.

    Args:
        root: The folder that the files are named relative to.
    """
    turns = {root / name: number for number, name in enumerate(LONGEST_FIRST)}
    return lambda item: turns.get(item.path, len(turns))
