"""The accounts that a test uses."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """An AWS account, and the name of its profile in the generated configuration files.

    Raises:
        ValueError: the id is not made of 12 digits.
    """

    id: str
    profile: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{12}", self.id, re.ASCII):
            raise ValueError(
                f"account id {self.id!r} of profile {self.profile!r}: an AWS account id has 12 digits; "
                "write it as a string, with its leading zeros"
            )
