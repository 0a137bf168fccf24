"""Cases of the onboarding's input `topic`."""

from typing import Any

from tests.modules.cases.case import BAD_ACCOUNTS, GOOD_ACCOUNTS, KEY, Case, onboarding

HTTPS = "https://logs.example.com/new"
QUEUE = "arn:aws:sqs:eu-west-1:222222222222:new-logs"
FUNCTION = "arn:aws:lambda:eu-west-1:222222222222:function:listener"


def topic(**members: Any) -> dict[str, Any]:
    return {"enabled": True, **members}


def subscription(protocol: str, endpoint: str, name: str = "new", **members: Any) -> dict[str, Any]:
    return topic(subscriptions={name: {"protocol": protocol, "endpoint": endpoint, **members}})


CASES: list[Case] = [
    *onboarding(
        "topic",
        "topic has subscriptions or subscriber_account_ids, but no topic",
        subscription("https", HTTPS) | {"enabled": False},
        {"subscriber_account_ids": ["111111111111"]},
    ),
    *onboarding(
        "topic",
        "Each of topic.subscriber_account_ids must be a 12-digit AWS account id",
        *(topic(subscriber_account_ids=[account]) for account in BAD_ACCOUNTS),
        topic(subscriber_account_ids=["111111111111", "111111111111"]),
    ),
    *onboarding(
        "topic",
        "Each name in topic.subscriptions must be 1 to 55 letters",
        *(subscription("https", HTTPS, name) for name in ("", "new logs", "a.b", "a" * 56)),
    ),
    *onboarding(
        "topic",
        "The protocol of each of topic.subscriptions must be https, sqs or lambda",
        subscription("http", "http://logs.example.com"),
        subscription("email", "ops@example.com"),
    ),
    *onboarding(
        "topic",
        "with protocol https must be an address with TLS",
        *(
            subscription("https", endpoint)
            for endpoint in (
                "http://logs.example.com/",
                "https://",
                "https://a b/",
                "https://me@example.com/",
                QUEUE,
            )
        ),
    ),
    *onboarding(
        "topic",
        "with protocol sqs must be the ARN of a standard queue",
        *(subscription("sqs", endpoint) for endpoint in ("new-logs", f"{QUEUE}.fifo", FUNCTION)),
    ),
    *onboarding(
        "topic",
        "with protocol lambda must be the ARN of a function",
        *(subscription("lambda", endpoint) for endpoint in ("listener", f"{FUNCTION}:1", QUEUE)),
    ),
    *onboarding(
        "topic",
        "raw_message_delivery of topic.subscriptions is for https and sqs",
        subscription("lambda", FUNCTION, raw_message_delivery=True),
    ),
    *onboarding("topic", "topic.create_key is false, and kms_key_arn is empty", topic(create_key=False)),
    *onboarding("topic", None, topic(create_key=False), kms_key_arn=KEY),
    *onboarding(
        "topic",
        None,
        {},
        {"create_key": False},
        topic(),
        topic(create_key=True),
        topic(subscriber_account_ids=list(GOOD_ACCOUNTS)),
        subscription("https", HTTPS, "a" * 80, endpoint_auto_confirms=True),
        subscription("https", "https://logs.example.com", raw_message_delivery=True),
        subscription("sqs", QUEUE, "A_b-1", raw_message_delivery=True),
        subscription("lambda", FUNCTION),
    ),
]
