"""How an AWS account is reached: the credentials, and the account that they have to be of."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from cdktf_app.deployment.fields import AccountId, RoleArn, SessionName
from cdktf_app.deployment.strict import Strict


class AssumeRole(Strict):
    """A role that is assumed with the credentials at hand.

    Attributes:
        role_arn: The role.
        external_id: What the role's trust policy asks for, where it does.
        session_name: The name of the session in CloudTrail; without it, one is made up.
    """

    role_arn: RoleArn
    external_id: str | None = None
    session_name: SessionName | None = None


class Credentials(Strict):
    """Where credentials come from; without any field, from the environment.

    Attributes:
        profile: The AWS profile with the credentials.
        assume_role: The role that is assumed with them.
    """

    profile: str | None = None
    assume_role: AssumeRole | None = None


class Account(Credentials):
    """How to reach an AWS account.

    Attributes:
        account_id: The 12-digit account id. Terraform refuses to touch any other account.
    """

    account_id: AccountId

    @model_validator(mode="after")
    def _role_of_the_account(self) -> Self:
        role = self.assume_role
        if role and role.role_arn.split(":")[4] != self.account_id:
            raise ValueError(
                f"assume_role.role_arn is a role of account {role.role_arn.split(':')[4]}, but account_id is "
                f"{self.account_id}: name a role of that account"
            )
        return self
