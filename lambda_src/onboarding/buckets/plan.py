"""What is wanted of a bucket, and what has to be written for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onboarding.buckets import notifications, policy, statements
from onboarding.buckets.denials import calls_for, check_denials
from onboarding.buckets.need import folder
from onboarding.buckets.rules import Configuration, Rule, inherited, log_rule, rules_of, service_of
from onboarding.settings import OnDestroy, Place, Settings
from onboarding.state.bucket_record import BucketRecord


@dataclass(frozen=True, slots=True)
class State:
    """A bucket's policy and notifications as they are; of a bucket that is yet to be made, nothing."""

    policy: policy.Document | None = None
    notifications: Configuration = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """What a bucket is to have of ours, and how ours is told from that of others.

    Attributes:
        name: The onboarding's name.
        bucket: The bucket's name.
        arn: Its ARN.
        statements: The statements that are wanted.
        own_sids: The Sids that are ours, wanted or not.
        put_statements: The fingerprints of our statements as put, by Sid.
        rules: The notification rules that are wanted.
        put_rules: Our notification rules as put.
        prefixes: The log prefixes that are served; empty when all is taken out.
        kept: Those of them that an earlier onboarding of the name had kept.
    """

    name: str
    bucket: str
    arn: str
    statements: Sequence[policy.Statement]
    own_sids: Collection[str]
    put_statements: Mapping[str, Collection[str]]
    rules: Sequence[Rule]
    put_rules: Sequence[Rule]
    prefixes: Collection[str]
    kept: frozenset[str] = frozenset()

    def record(self, created: bool) -> BucketRecord:
        """What is remembered when the bucket is as wanted."""
        return BucketRecord(
            created,
            frozenset(self.prefixes),
            {statement["Sid"]: frozenset({policy.fingerprint(statement)}) for statement in self.statements},
            {
                prefix: frozenset({rule.destination})
                for prefix, rule in zip(sorted(self.prefixes), self.rules, strict=False)
            },
            self.kept,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be written.

    Attributes:
        policy: The policy as it is to be.
        policy_text: As text; empty for none.
        notifications: The notifications as they are to be.
        found: What was found, as sentences.
    """

    policy: policy.Merged
    policy_text: str
    notifications: notifications.Merged
    found: Sequence[str]

    @property
    def differs(self) -> bool:
        """Whether anything has to be written."""
        return self.policy.differs or self.notifications.differs

    @property
    def left(self) -> list[str]:
        """What of ours somebody has changed, so that it is not taken out."""
        return [
            *(f"statement {sid}" for sid in self.policy.left),
            *(f"notification rule {rule.id}" for rule in self.notifications.left),
        ]

    def done(self) -> list[str]:
        """What the writing does, as sentences."""
        rules = self.notifications
        return [
            *(f"added the statement {sid} to its policy" for sid in self.policy.added),
            *(f"changed the statement {sid} of its policy" for sid in self.policy.changed),
            *(f"took the statement {sid} out of its policy" for sid in self.policy.removed),
            *(f"added the notification rule {rule.id} to {rule.destination}" for rule in rules.added),
            *(f"changed the notification rule {rule.id} to {rule.destination}" for rule in rules.changed),
            *(f"removed the notification rule {rule.id} to {rule.destination}" for rule in rules.removed),
            *(
                f"left the notification rule {rule.id} to another onboarding, as {new_id}"
                for rule, new_id in rules.handed_over
            ),
        ]


def target(
    settings: Settings,
    place: Place,
    bucket: str,
    prefixes: Collection[str],
    former: BucketRecord,
    *,
    created: bool,
) -> Target:
    """What a bucket is to have while load balancers log to it below `prefixes`, besides what was kept there."""
    prefixes = {*prefixes, *former.kept}
    wanted = statements.log_statements(settings, place, bucket, prefixes)
    own_sids = statements.own_sids(settings.name)
    if created:
        wanted.append(statements.deny_plain_http(settings, place, bucket))
        own_sids |= {statements.deny_plain_http_sid(settings.name)}
    destination = destination_of(settings)
    rules = [log_rule(settings.name, prefix, place.account_id, destination) for prefix in sorted(prefixes)]
    return Target(
        settings.name,
        bucket,
        statements.bucket_arn(place, bucket),
        wanted,
        own_sids,
        former.statements,
        rules if destination else [],
        _put_rules(settings, place, former),
        prefixes,
        former.kept,
    )


def farewell(
    settings: Settings,
    place: Place,
    bucket: str,
    former: BucketRecord,
    used: frozenset[str],
    present: policy.Document | None,
) -> Target:
    """What a bucket is to have of the onboarding in the end.

    A bucket that the onboarding has made keeps the statement against plain HTTP. With `on_destroy = keep` all stays
    but for the rules to a topic that goes. What an earlier onboarding of the name had kept was there before this one,
    and stays.

    Args:
        settings: Of them, only the name and what becomes of things in the end count.
        place: Where.
        bucket: The bucket's name.
        former: What is remembered of it.
        used: The log prefixes of load balancers that could not be given back: what is there for them stays.
        present: The bucket's policy.
    """
    # With keep, what this onboarding has put stays as well, and only what a topic is told goes.
    stays = used if settings.on_destroy is OnDestroy.KEEP else used | former.kept
    gone = (former.prefixes | frozenset(former.rules)) - stays
    put = _put_rules(settings, place, former.below(gone))
    nothing = Target(
        settings.name, bucket, statements.bucket_arn(place, bucket), [], (), former.statements, [], put, ()
    )
    if settings.on_destroy is OnDestroy.KEEP:
        return replace(nothing, put_rules=to_topics(settings, put))
    rest = statements.without(present, settings, place, bucket, gone) if stays else []
    of_kept = _put_rules(settings, place, former.below(former.kept - used))
    return replace(
        nothing,
        statements=rest,
        own_sids=statements.own_sids(settings.name),
        put_rules=[*put, *to_topics(settings, of_kept)],
    )


def fingerprints(
    wanted: Target, former: BucketRecord, present: policy.Document | None
) -> dict[str, frozenset[str]]:
    """The fingerprints of the onboarding's statements, also as they are wanted; not of what somebody has changed."""
    found = {statement.get("Sid"): statement for statement in policy.statements_of(present)}
    known = {sid: frozenset(prints) for sid, prints in former.statements.items()}
    for statement in wanted.statements:
        sid = statement["Sid"]
        if any(policy.is_as_put(found[sid], print_) for print_ in known.get(sid, ())):
            known[sid] |= {policy.fingerprint(statement)}
    return known


def to_topics(settings: Settings, rules: Sequence[Rule]) -> list[Rule]:
    """Those of the rules that go because their topic goes with the onboarding."""
    return [rule for rule in rules if settings.owns_topic and service_of(rule.destination) == "sns"]


def plan(wanted: Target, state: State) -> Plan:
    """Compare what is wanted with what is there.

    Raises:
        RefusalError: The policy would be too long, or S3 would not take a rule beside those of others.
    """
    merged = policy.merged(state.policy, wanted.statements, wanted.own_sids, wanted.put_statements)

    def heir(rule: Rule) -> str:
        other = statements.other_hub_reader(state.policy, wanted.name, f"{wanted.arn}/{rule.prefix}*")
        needed = other and service_of(rule.destination) != "sns"
        return inherited(rule, wanted.name, other) if needed else ""

    rules = notifications.merged(state.notifications, wanted.rules, wanted.put_rules, wanted.bucket, heir)
    text = policy.rendered(merged.document) if merged.document and merged.differs else ""
    policy.check_size(text, state.policy)
    return Plan(merged, text, rules, _found(wanted, state, rules))


def warnings(settings: Settings, place: Place, wanted: Target, state: State) -> list[str]:
    """What of the policy may stop the logs, as sentences.

    Raises:
        RefusalError: A statement of others does stop them.
    """
    calls = calls_for(settings, place, wanted.bucket, wanted.prefixes)
    own = {*wanted.own_sids, statements.deny_plain_http_sid(settings.name)}
    return check_denials(state.policy, own, calls, wanted.bucket)


def decided(settings: Settings, place: Place, prefixes: Iterable[str]) -> str:
    """What is to become of a bucket that is in use, as a sentence."""
    folders = ", ".join(
        f"{folder(prefix, place.account_id)}elasticloadbalancing/" for prefix in sorted(prefixes)
    )
    readers = [*(["the hub"] if settings.hub else []), *settings.reader_arns]
    read = f", {', '.join(readers)} can read them" if readers else ""
    told = destination_of(settings)
    return f"logs are delivered to {folders}{read}" + (f", and {told} is told of new ones" if told else "")


def decided_in_the_end(settings: Settings, former: BucketRecord, used: Collection[str]) -> str:
    """What is to become of a bucket in the end, as a sentence."""
    if settings.on_destroy is OnDestroy.KEEP:
        whose = "the hub's " if settings.owns_topic else ""
        return f"its policy and {whose}notification rules stay, as on_destroy says"
    if used:
        return "what is there for load balancers that still log to it stays"
    if former.kept:
        return "what an earlier onboarding of this name had kept stays, and nothing else"
    safe = " but for what makes it safe; the bucket and its logs stay" if former.created else ""
    return f"nothing of the onboarding stays in it{safe}"


def taken_over(place: Place, former: BucketRecord) -> list[str]:
    """What is found of an earlier onboarding of the name when this one meets the bucket, as sentences."""
    return [
        f"an earlier onboarding of this name has kept {folder(prefix, place.account_id)}elasticloadbalancing/ going, "
        "which is taken over, and left when this one ends"
        for prefix in sorted(former.kept - former.prefixes)
    ]


def destination_of(settings: Settings) -> str:
    """Who is told of new objects: the topic, which the hub listens to as well, or else the hub; empty for nobody."""
    hub = settings.hub
    return settings.topic_arn or (hub.queue_arn or hub.function_arn if hub else "")


def _put_rules(settings: Settings, place: Place, former: BucketRecord) -> list[Rule]:
    return [
        log_rule(settings.name, prefix, place.account_id, destination)
        for prefix, destinations in sorted(former.rules.items())
        for destination in sorted(destinations)
    ]


def _found(wanted: Target, state: State, rules: notifications.Merged) -> list[str]:
    own_ids = {rule.id for rule in (*wanted.rules, *wanted.put_rules)}
    others = [
        statement
        for statement in policy.statements_of(state.policy)
        if statement.get("Sid") not in wanted.own_sids
    ]
    rules_of_others = [rule for rule, _ in rules_of(state.notifications) if rule.id not in own_ids]
    return [
        f"{_count(len(others), 'statement')} and {_count(len(rules_of_others), 'notification rule')} of others",
        *(
            f"the notification rule {other} tells already what {rule.id} would tell, so that it is not added"
            for rule, other in rules.told_already
        ),
    ]


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
