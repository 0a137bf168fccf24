"""The onboarding's inputs that say how and when it runs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import is_one_of

ON_DESTROY = ("restore", "keep")


def add_run_inputs(scope: Construct) -> None:
    """Declare the inputs `dry_run`, `onboard_new`, `on_destroy` and `rerun`."""
    variable(
        scope,
        "dry_run",
        type="bool",
        default=False,
        description="Changes no load balancer and no bucket: the outputs `summary` and `report` say what would be "
        "done. Function, role, topic and so on are made all the same.",
    )
    variable(
        scope,
        "onboard_new",
        type="bool",
        default=True,
        description="""
            Onboards load balancers that are made later and that the selection selects by name, pattern, tag or `all`,
            by a rule of EventBridge. It hears of them by CloudTrail: **the account needs a trail that logs management
            events in this region**; without one nothing happens, and nothing says so. The next apply with another
            `rerun` onboards what was missed.
        """,
    )
    variable(
        scope,
        "on_destroy",
        type="string",
        default=ON_DESTROY[0],
        description="""
            What `terraform destroy` leaves behind. Buckets with their logs stay in any case.
            - `restore`: every load balancer as it was before, where its state is still what this module has made; and
              buckets without what it has added.
            - `keep`: load balancers that go on logging, to buckets that go on telling the hub. Only what the topic was
              told ends, since the topic is gone.
        """,
        validations=(
            Validation(is_one_of(ON_DESTROY, "var.on_destroy"), "on_destroy must be restore or keep."),
        ),
    )
    variable(
        scope,
        "rerun",
        type="string",
        default="",
        description="Any text; another one makes the next apply look at everything again, such as after a load "
        "balancer was changed by hand. After an apply that failed it is not needed: the next one runs again.",
    )
