"""The onboarding's input variables."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.alb_onboarding.account_inputs import add_account_inputs
from cdktf_app.modules.alb_onboarding.bucket_inputs import add_bucket_inputs
from cdktf_app.modules.alb_onboarding.destination_inputs import add_destination_inputs
from cdktf_app.modules.alb_onboarding.function_inputs import add_function_inputs
from cdktf_app.modules.alb_onboarding.run_inputs import add_run_inputs
from cdktf_app.modules.alb_onboarding.selection_inputs import add_selection_inputs
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import matches

_LONGEST = 32
"""The name of the created bucket has account and region behind it, within S3's 63 characters."""


def add_inputs(scope: Construct) -> None:
    """Declare the inputs, in the order in which a reader meets them."""
    variable(
        scope,
        "name",
        type="string",
        default="alb-onboarding",
        description="Name of the function, its role and all around them, and mark of what it adds to buckets. Roles "
        "are global: onboardings in several regions of one account need different names. A change of it takes "
        "everything back under the old name and begins anew.",
        validations=(
            Validation(
                f"{matches(patterns.ONBOARDING_NAME, 'var.name')} && length(var.name) <= {_LONGEST}",
                f"name must be at most {_LONGEST} small letters and digits, in words that begin with a letter, with "
                "single hyphens between them, such as alb-onboarding: ids of statements are made of it.",
            ),
        ),
    )
    add_selection_inputs(scope)
    add_bucket_inputs(scope)
    add_destination_inputs(scope)
    add_run_inputs(scope)
    add_function_inputs(scope)
    add_account_inputs(scope)
    variable(scope, "tags", type="map(string)", default={}, description="Tags of everything that takes tags.")
