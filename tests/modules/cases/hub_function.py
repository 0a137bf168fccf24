"""Cases of the hub's input `function`."""

from tests.modules.cases.case import Case, hub

IMAGE = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:1"
SIGNING = "arn:aws:lambda:eu-west-1:111111111111:code-signing-config:csc-0123456789abcdef0"

CASES: list[Case] = [
    *hub("function", "function.architecture must be arm64 or x86_64", {"architecture": "x86"}),
    *hub("function", None, {}, {"architecture": "arm64"}, {"architecture": "x86_64"}),
    *hub(
        "function",
        "function.memory_size must be a whole number from 128 to 10240",
        {"memory_size": 127},
        {"memory_size": 10241},
        {"memory_size": 256.5},
    ),
    *hub("function", None, {"memory_size": 128}, {"memory_size": 10240}),
    *hub(
        "function",
        "function.timeout must be a whole number from 1 to 900",
        {"timeout": 0},
        {"timeout": 901},
        {"timeout": 60.5},
    ),
    *hub("function", None, {"timeout": 1}, {"timeout": 900}),
    *hub(
        "function",
        "function.runtime must be a Python runtime of Lambda, python3.11 or newer",
        *(
            {"runtime": runtime, "zip_path": "promtail.zip"}
            for runtime in ("python3.10", "python3", "3.13", "nodejs22.x")
        ),
    ),
    *hub(
        "function",
        "The zip in this module is built for function.runtime python3.13",
        {"runtime": "python3.12"},
        {"runtime": "python3.14"},
    ),
    *hub(
        "function",
        None,
        {"runtime": "python3.13"},
        {"runtime": "python3.11", "zip_path": "promtail.zip"},
        {"runtime": "python3.14", "zip_path": "promtail.zip"},
    ),
    *hub(
        "function",
        "function.zip_path and function.image_uri exclude each other",
        {
            "zip_path": "promtail.zip",
            "image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:1",
        },
    ),
    *hub("function", None, {"zip_path": "promtail.zip"}),
    *hub(
        "function",
        "function.image_uri must be the URI of an image in Amazon ECR",
        {"image_uri": "grafana/lambda-promtail:main"},
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail"},
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail@sha256:123"},
        {"image_uri": "11111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:1"},
        {"image_uri": "public.ecr.aws/grafana/lambda-promtail:main"},
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:a b"},
    ),
    *hub(
        "function",
        None,
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/team/promtail:1.2"},
        {"image_uri": "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/promtail:1"},
        {"image_uri": f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail@sha256:{'0a' * 32}"},
        {"image_uri": f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:1@sha256:{'0a' * 32}"},
        {"image_uri": "111111111111.dkr.ecr-fips.us-gov-west-1.amazonaws.com/promtail:1"},
        {"image_uri": "111111111111.dkr-ecr.eu-west-1.on.aws/promtail:1"},
    ),
    *hub(
        "function",
        "function.reserved_concurrency must be a whole number from 1",
        {"reserved_concurrency": 0},
        {"reserved_concurrency": -1},
        {"reserved_concurrency": 20.5},
    ),
    *hub(
        "function",
        "function.reserved_concurrency must not be below ingestion.maximum_concurrency",
        {"reserved_concurrency": 9},
    ),
    *hub("function", None, {"reserved_concurrency": 10}),
    *(
        Case("hub", "function", {"reserved_concurrency": 2}, None, {"ingestion": ingestion})
        for ingestion in ({"mode": "direct"}, {"maximum_concurrency": 2})
    ),
    *hub(
        "function", "function.tracing must be PassThrough or Active", {"tracing": ""}, {"tracing": "active"}
    ),
    *hub("function", None, {"tracing": "PassThrough"}, {"tracing": "Active"}),
    *hub("function", "function.log_format must be Text or JSON", {"log_format": "json"}, {"log_format": ""}),
    *hub("function", None, {"log_format": "Text"}, {"log_format": "JSON"}),
    *hub(
        "function",
        "Each name in function.environment must be two or more letters",
        *(
            {"environment": {name: "x"}}
            for name in ("", "A", "1A", "A-B", "_A", "AWS_REGION", "LAMBDA_TASK_ROOT")
        ),
    ),
    *hub(
        "function",
        "function.environment must not name a variable that the module sets",
        *({"environment": {name: "x"}} for name in ("WRITE_ADDRESS", "PASSWORD", "SPOKES", "LOG_LEVEL")),
    ),
    *hub(
        "function",
        None,
        {"environment": {"PARTIAL_BATCH_RESPONSES": "false", "aB_1": "", "AWS_USE_FIPS_ENDPOINT": "true"}},
    ),
    *hub(
        "function",
        "function.code_signing_config_arn must be the ARN of a code signing configuration",
        {"code_signing_config_arn": "", "zip_path": "signed.zip"},
        {"code_signing_config_arn": "csc-0123456789abcdef0", "zip_path": "signed.zip"},
        {"code_signing_config_arn": SIGNING, "image_uri": IMAGE},
    ),
    *hub("function", None, {"code_signing_config_arn": SIGNING, "zip_path": "signed.zip"}),
]
