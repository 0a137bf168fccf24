"""The `match` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/match/."""

from ...entry import Entry
from .logql import Selector, parse_selector
from .members import Members
from .pipeline import Pipeline, parse_stages
from .stage import Stage


class MatchStage(Stage):
    """Sends the entries that a selector matches through stages of their own. Others pass unchanged."""

    def __init__(self, selector: Selector, pipeline: Pipeline) -> None:
        self._selector = selector
        self._pipeline = pipeline
        self.remembers = pipeline.remembers

    def begin_object(self) -> None:
        """See `Stage.begin_object`."""
        self._pipeline.begin_object()

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        if self._selector.matches(entry.labels, entry.line):
            return self._pipeline.process(entry)
        return None

    def replay(self, entry: Entry) -> str | None:
        """See `Stage.replay`."""
        if self._selector.matches(entry.labels, entry.line):
            return self._pipeline.replay(entry)
        return None


class MatchDropStage(Stage):
    """Drops the entries that a selector matches."""

    def __init__(self, selector: Selector, reason: str) -> None:
        self._selector = selector
        self._reason = reason

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        return self._reason if self._selector.matches(entry.labels, entry.line) else None


def parse_match(value: object, location: str) -> Stage:
    """Make a `match` stage. The member `pipeline_name` names a metric of Promtail's, and is ignored."""
    members = Members(
        value, location, ("selector", "stages", "action", "pipeline_name", "drop_counter_reason")
    )
    example = 'a stream selector with optional line filters, such as {job="nginx"} |= "error"'
    text = members.required("selector", example)
    try:
        selector = parse_selector(text)
    except ValueError as error:
        raise members.error("selector", f"{example}, but it is not valid: {error}") from None
    action = members.string("action") or "keep"
    stages = members.value("stages")
    if action == "drop":
        if stages:
            raise members.problem(
                "stages are set, but action is drop, which has no use for them. Remove one of them."
            )
        return MatchDropStage(selector, members.drop_reason("match_stage"))
    if action != "keep":
        raise members.error("action", "keep or drop")
    if not stages:
        raise members.error("stages", "a list of stages, with at least one")
    return MatchStage(selector, parse_stages(stages, location))
