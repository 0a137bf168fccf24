"""Cases of the hub's input `monitoring`."""

from tests.modules.cases.case import Case, hub

TOPIC = "arn:aws:sns:eu-west-1:111111111111:alarms"
BAD_TOPICS = (
    ["alarms"],
    [""],
    ["arn:aws:sqs:eu-west-1:111111111111:alarms"],
    ["arn:aws:sns:eu-west-1:1111:alarms"],
    [TOPIC, f"{TOPIC} "],
    [f"{TOPIC}{number}" for number in range(6)],
)
GOOD_TOPICS: tuple[list[str], ...] = (
    [],
    [TOPIC],
    ["arn:aws-cn:sns:cn-north-1:111111111111:alarms"],
    [f"{TOPIC}{number}" for number in range(5)],
)
SECONDS = {
    "oldest_message_age_seconds": "monitoring.oldest_message_age_seconds must be a whole number of seconds from 60",
    "delivery_delay_seconds": "monitoring.delivery_delay_seconds must be a whole number of seconds from 60",
}

CASES: list[Case] = [
    *hub("monitoring", None, {}, {"alarms": False, "dashboard": False}),
    *(
        case
        for name in ("alarm_topic_arns", "ok_topic_arns")
        for case in (
            *hub(
                "monitoring",
                f"monitoring.{name} must be at most 5 ARNs of SNS topics",
                *({name: topics} for topics in BAD_TOPICS),
            ),
            *hub("monitoring", None, *({name: topics} for topics in GOOD_TOPICS)),
        )
    ),
    *(
        case
        for name, refused in SECONDS.items()
        for case in (
            *hub("monitoring", refused, *({name: value} for value in (59, 1209601, 60.5))),
            *hub("monitoring", None, {name: 60}, {name: 1209600}),
        )
    ),
]
