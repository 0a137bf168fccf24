"""Cases of the hub's inputs `loki_credentials` and `loki_credential_arns`."""

from tests.modules.cases.case import (
    BAD_SECRET_ARNS,
    GOOD_SECRET_ARNS,
    KEY,
    PARAMETER,
    SECRET,
    Case,
    arns,
    hub,
    loki,
)

CASES: list[Case] = [
    *hub(
        "loki_credentials",
        "username and password go together: set both, or neither",
        {"username": "reader"},
        {"password": "secret"},
    ),
    *arns("username and password go together", {"username": PARAMETER}, {"password": SECRET}),
    *hub(
        "loki_credentials",
        "must hold together exactly one kind",
        {},
        {"anonymous": False},
        {"username": "", "password": "", "bearer_token": ""},
        {"username": "reader", "password": "secret", "bearer_token": "token"},
        {"username": "reader", "password": "secret", "anonymous": True},
        {"bearer_token": "token", "anonymous": True},
    ),
    *hub(
        "loki_credentials",
        "loki_credentials must hold the values themselves",
        {
            "username": "reader",
            "password": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-a1b2c3",
        },
        {"bearer_token": "arn:aws-cn:ssm:cn-north-1:111111111111:parameter/token"},
    ),
    *arns(
        "must hold together exactly one kind",
        {},
        {"username": PARAMETER, "password": SECRET, "bearer_token": SECRET},
    ),
    *arns(
        "must hold together exactly one kind", {"bearer_token": SECRET}, loki_credentials={"anonymous": True}
    ),
    *arns(
        "must hold together exactly one kind",
        {"bearer_token": SECRET},
        loki_credentials={"username": "reader", "password": "secret"},
    ),
    *arns(
        "Each of loki_credential_arns must be the whole ARN", *({"bearer_token": a} for a in BAD_SECRET_ARNS)
    ),
    *arns(
        "Each of loki_credential_arns must be the whole ARN",
        {"username": SECRET, "password": "s3cret"},
        {"username": "reader", "password": SECRET},
    ),
    *arns(None, *({"bearer_token": arn} for arn in GOOD_SECRET_ARNS)),
    *arns(
        None,
        {"username": f"{SECRET}#username", "password": f"{SECRET}#password", "kms_key_arns": [KEY]},
        {"bearer_token": PARAMETER, "kms_key_arns": [KEY.replace("key/", "key/mrk-")], "lifetime": 0},
        {"bearer_token": PARAMETER, "lifetime": 86400},
    ),
    *arns(None, {"password": SECRET}, loki_credentials={"username": "12345"}),
    *arns(None, {}, {"bearer_token": None}, loki_credentials={"anonymous": True}),
    *arns(
        "loki_credential_arns and loki_credentials must not both hold the same",
        {"bearer_token": SECRET},
        loki_credentials={"bearer_token": "token"},
    ),
    *arns(
        "loki_credential_arns and loki_credentials must not both hold the same",
        {"password": SECRET},
        {"username": SECRET, "password": SECRET},
        loki_credentials={"username": "reader", "password": "secret"},
    ),
    *arns(
        "Each of loki_credential_arns.kms_key_arns must be the ARN of a key",
        {"bearer_token": SECRET, "kms_key_arns": [KEY, "arn:aws:kms:eu-west-1:111111111111:alias/loki"]},
        {"bearer_token": SECRET, "kms_key_arns": ["1234abcd-12ab-34cd-56ef-1234567890ab"]},
        {"bearer_token": SECRET, "kms_key_arns": ["*"]},
    ),
    *arns(
        "kms_key_arns are the keys of secrets, and there is no secret",
        {"kms_key_arns": [KEY]},
        loki_credentials={"anonymous": True},
    ),
    *arns(None, {"kms_key_arns": [KEY]}, loki_credentials={"anonymous": True}, loki=loki(ca_bundle=SECRET)),
    *arns(
        "loki_credential_arns.lifetime must be a whole number of seconds",
        *({"bearer_token": SECRET, "lifetime": n} for n in (-1, 86401, 1.5)),
    ),
    *hub(
        "loki_credentials",
        "HTTP cannot carry them",
        {"bearer_token": "token\n"},
        {"bearer_token": " token"},
        {"bearer_token": "tökén"},
        {"username": "a:b", "password": "secret"},
    ),
    *hub(
        "loki_credentials",
        None,
        {"username": "reader", "password": "se:cret wörd"},
        {"bearer_token": "t ok~!n"},
        {"anonymous": True},
        {"username": None, "password": None, "bearer_token": "token"},
    ),
]
