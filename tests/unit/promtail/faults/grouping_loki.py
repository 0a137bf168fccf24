"""A stand-in for Loki that words its refusals as Loki does."""

from collections import Counter
from dataclasses import replace
from typing import Any

from tests.harness.loki.receiver import LokiReceiver, ReceivedRequest


class GroupingLoki(LokiReceiver):
    """Groups equal errors and counts them, and notes how many pushes were before it at the same time.

    The grouping is that of `GroupedErrors` in Loki's pkg/util/errors.go.

    Attributes:
        most_at_once: The most pushes that were before it at the same time.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.most_at_once = 0
        self._at_once = 0

    def _push(self, request: ReceivedRequest, tenant: str | None) -> Any:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        answer = super()._push(request, tenant)
        with self._lock:
            self._at_once -= 1
        if answer is None or answer.status != 400:
            return answer
        errors = Counter(answer.body.splitlines())
        return replace(
            answer, body="; ".join(f"{count} errors like: {text}" for text, count in errors.items())
        )
