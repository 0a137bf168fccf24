"""Cases of the hub's name, log and metrics, and where refused lines go."""

from tests.modules.cases.case import Case, hub

CASES: list[Case] = [
    *hub("name", "name must be 1 to 40 letters", "", "a" * 41, "alb loki", "alb.loki", "alb/loki"),
    *hub("name", None, "a", "a" * 40, "Alb_Loki-1"),
    *hub(
        "refused_destination_arn",
        "refused_destination_arn must be the ARN of a standard SQS queue, or of an S3 bucket",
        "refused-logs",
        "arn:aws:sqs:eu-west-1:111111111111:refused.fifo",
        "arn:aws:sqs:eu-west-1:1111:refused",
        "arn:aws:sns:eu-west-1:111111111111:refused",
        "arn:aws:s3:::refused-logs/",
        "arn:aws:s3:::refused-logs/loki/",
        "arn:aws:s3:::refused-logs/*",
        "arn:aws:s3:::Refused",
        "https://sqs.eu-west-1.amazonaws.com/111111111111/refused",
    ),
    *hub(
        "refused_destination_arn",
        None,
        "",
        "arn:aws:sqs:eu-west-1:111111111111:refused_Lines-1",
        "arn:aws:s3:::refused-logs",
        "arn:aws-cn:s3:::refused.logs/loki/prod",
    ),
    *hub("log_level", "log_level must be debug, info, warn or error", "", "INFO", "warning", "trace"),
    *hub("log_level", None, "debug", "info", "warn", "error"),
    *hub(
        "metrics_namespace",
        "metrics_namespace must be at most 255 letters",
        *("AWS/Lambda", ":a", "a b", "a\n", "é", "a" * 256, "a*"),
    ),
    *hub("metrics_namespace", None, "", "AlbLoki", "Team/logs.prod_1#2:x-y", "a" * 255, "AWSome"),
    *hub("log_retention_days", "must be a retention that CloudWatch Logs offers", 0, 2, 15, 3654),
    *hub("log_retention_days", None, 1, 14, 3653),
]
