"""What all parts of the deployment file have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Refuses fields it does not know, and values of another type, instead of guessing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
