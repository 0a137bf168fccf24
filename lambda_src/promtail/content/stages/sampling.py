"""The `sampling` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/sampling/."""

from hashlib import blake2b

from ...entry import Entry
from .members import Members
from .stage import Stage


class SamplingStage(Stage):
    """Keeps a share of the lines.

    Promtail draws a random number for each line. Here a hash of the line and its time decides, so that a retry keeps
    the same lines. The stage's place is hashed too: else a second sampling stage would keep whatever the first one
    kept.
    """

    def __init__(self, rate: float, reason: str, place: str) -> None:
        self._limit = int(rate * 2**64)
        self._reason = reason
        self._key = blake2b(place.encode(), digest_size=16).digest()

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        hashed = blake2b(b"%d " % entry.timestamp_ns, digest_size=8, key=self._key)
        hashed.update(entry.line.encode())
        return None if int.from_bytes(hashed.digest(), "big") < self._limit else self._reason


def parse_sampling(value: object, location: str) -> Stage:
    """Make a `sampling` stage."""
    members = Members(value, location, ("rate", "drop_counter_reason"))
    allowed = "a number from 0 (keeps nothing) to 1 (keeps everything)"
    rate = members.number("rate", allowed)
    if not 0 <= rate <= 1:
        raise members.error("rate", allowed)
    return SamplingStage(rate, members.drop_reason("sampling_stage"), location)
