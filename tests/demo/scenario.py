"""Who and what the demo is made of."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from tests.demo.loki import Loki
from tests.harness.aws.accounts import Account
from tests.host_function import host_function
from tests.samples.alb_access import LoadBalancer

REPOSITORY = Path(__file__).parents[2]
DEFAULT_FOLDER = REPOSITORY / ".build" / "demo"

HUB = Account("111111111111", "hub")
SPOKE = Account("222222222222", "spoke")
REGION = "eu-west-1"
CONFIGURATION = Path("examples/hub-and-spoke")
PREFIX = "logs/shop"
LOAD_BALANCER = LoadBalancer(account_id=SPOKE.id, region=REGION)
LINES = 20


def new_run_id() -> str:
    """Make the value of the label by which this run's lines are told from those of earlier ones."""
    return secrets.token_hex(4)


def selector(run_id: str) -> str:
    """Select the lines of one run."""
    return f'{{__extra_demo="{run_id}"}}'


def variables(loki: Loki, run_id: str, zip_path: Path) -> dict[str, Any]:
    """Set the inputs of the root configuration `examples/hub-and-spoke`."""
    return {
        "region": REGION,
        "hub": {"account_id": HUB.id, "profile": HUB.profile, "network": {"mode": "created"}},
        "spoke": {
            "account_id": SPOKE.id,
            "profile": SPOKE.profile,
            "bucket_name": f"shop-alb-logs-{run_id}",
            "prefix": PREFIX,
            "force_destroy": True,
            "demo_load_balancer": True,
        },
        "loki": {
            "write_address": loki.push_url,
            "tenant_id": loki.tenant_id,
            "extra_labels": {"demo": run_id},
        },
        "loki_credentials": (
            {"username": loki.username, "password": loki.password} if loki.username else {"anonymous": True}
        ),
        # The function runs on this machine's own interpreter here, so it gets the package made for that.
        "function": host_function(zip_path),
    }
