"""What was found, decided and done, and why: for the module's output, the log and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How it ended for a load balancer or a bucket."""

    UNCHANGED = "unchanged"
    """It is as it should be."""
    CHANGED = "changed"
    WOULD_CHANGE = "would change"
    """Of a dry run."""
    LEFT_ALONE = "left alone"
    """It is none of ours: a network load balancer, or one whose present state is somebody else's."""
    GONE = "gone"
    """It does not exist any more."""
    REFUSED = "refused"
    """It needs somebody's decision first: nothing of it was changed."""
    FAILED = "failed"
    NOT_REACHED = "not reached"
    """Time was used up before its turn."""

    @property
    def is_failure(self) -> bool:
        """Whether the run fails by it, in the end."""
        return self in (Outcome.REFUSED, Outcome.FAILED, Outcome.NOT_REACHED)


@dataclass(slots=True)
class Entry:
    """One load balancer, or one bucket.

    Attributes:
        name: The name of the load balancer or bucket.
        outcome: How it ended.
        found: What was there before, as short sentences.
        decided: What is to become of it, as a short sentence.
        done: What was done, or would be done in a dry run, as short sentences; in the order of doing.
        why: The reason of the decision, refusal or failure, with the remedy.
        arn: Of a load balancer.
        type: Of a load balancer: `application`, `network` or `gateway`; empty when it is unknown.
    """

    name: str
    outcome: Outcome = Outcome.UNCHANGED
    found: list[str] = field(default_factory=list)
    decided: str = ""
    done: list[str] = field(default_factory=list)
    why: str = ""
    arn: str = ""
    type: str = ""


@dataclass(slots=True)
class Report:
    """All of a run.

    Attributes:
        name: The onboarding's name.
        action: `create`, `update` or `delete`, or `created` for load balancers that have just been made.
        dry_run: Whether nothing was changed on purpose.
        load_balancers: By name.
        buckets: By name.
        bucket_names: The buckets with logs of the load balancers that are onboarded, also of earlier runs.
        aborted: Why the run as a whole has ended early, as a sentence with the remedy; empty if it has not.
    """

    name: str
    action: str
    dry_run: bool = False
    load_balancers: list[Entry] = field(default_factory=list)
    buckets: list[Entry] = field(default_factory=list)
    bucket_names: list[str] = field(default_factory=list)
    aborted: str = ""

    @property
    def failures(self) -> Sequence[str]:
        """A sentence for each load balancer and bucket that has failed or was refused, and for the run."""
        return [
            *(
                f"{entry.name}: {entry.why}"
                for entry in (*self.load_balancers, *self.buckets)
                if entry.outcome.is_failure
            ),
            *([self.aborted] if self.aborted else []),
        ]
