"""Scenarios of the hub's monitoring."""

from tests.modules.scenarios.scenario import QUEUE_ARN, Scenario, hub

ON_CALL = "arn:aws:sns:eu-west-1:111111111111:on-call"
CHAT = "arn:aws:sns:eu-west-1:444444444444:chat"
LONGEST_NAME = "n" * 40

SCENARIOS: dict[str, Scenario] = {
    "hub_monitoring": hub(
        name=LONGEST_NAME,
        metrics_namespace="Platform/Logs",
        refused_destination_arn=QUEUE_ARN,
        function={"timeout": 300},
        monitoring={
            "alarm_topic_arns": [ON_CALL, CHAT],
            "ok_topic_arns": [CHAT],
            "oldest_message_age_seconds": 7200,
            "delivery_delay_seconds": 1800,
        },
    ),
    "hub_monitoring_direct": hub(ingestion={"mode": "direct"}),
    "hub_monitoring_no_metrics": hub(metrics_namespace=""),
    "hub_monitoring_alarms_only": hub(monitoring={"dashboard": False}),
    "hub_monitoring_dashboard_only": hub(monitoring={"alarms": False}),
}
