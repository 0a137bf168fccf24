"""What a run is for."""

from enum import StrEnum


class Action(StrEnum):
    """Why a run takes place."""

    CREATE = "create"
    UPDATE = "update"
    """As create: both bring everything to what the settings say, whatever was there before."""
    DELETE = "delete"
    """Takes everything of the onboarding back, as `on_destroy` says."""
    CREATED = "created"
    """Load balancers have just been made: only those are looked at, and nothing else is taken back."""
