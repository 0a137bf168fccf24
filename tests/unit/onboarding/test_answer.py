"""The report for Terraform, for the log and for people."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onboarding.answer import answer
from onboarding.logs import configure_logging, log_report
from onboarding.report import Entry, Outcome, Report

REPORT = Report(
    name="shop",
    action="create",
    load_balancers=[
        Entry(
            "blog",
            Outcome.CHANGED,
            ["access logs are off"],
            "log to s3://logs",
            ["access logs: off → s3://logs"],
            "It does not log yet.",
            "arn:blog",
            "application",
        ),
        Entry("net", Outcome.LEFT_ALONE, decided="leave it alone", why="It is a network load balancer."),
        Entry("shop", Outcome.REFUSED, decided="log to s3://x", why="Its bucket is elsewhere. Move it."),
        Entry("wiki", Outcome.FAILED, why="AWS was not there."),
    ],
    buckets=[Entry("logs", Outcome.UNCHANGED, decided="logs are delivered")],
    bucket_names=["logs"],
)


def test_the_answer_is_json_with_all_of_the_report() -> None:
    found = json.loads(json.dumps(answer(REPORT)))

    assert found["load_balancers"][0] == {
        "name": "blog",
        "arn": "arn:blog",
        "type": "application",
        "outcome": "changed",
        "found": ["access logs are off"],
        "decided": "log to s3://logs",
        "done": ["access logs: off → s3://logs"],
        "why": "It does not log yet.",
    }
    assert found["buckets"] == [
        {
            "name": "logs",
            "outcome": "unchanged",
            "found": [],
            "decided": "logs are delivered",
            "done": [],
            "why": "",
        }
    ]
    assert (found["name"], found["action"], found["dry_run"]) == ("shop", "create", False)
    assert found["bucket_names"] == ["logs"]
    assert found["failures"] == ["shop: Its bucket is elsewhere. Move it.", "wiki: AWS was not there."]
    assert found["aborted"] == ""


def test_a_run_that_broke_off_says_so_apart_from_its_other_failures() -> None:
    found = answer(Report("shop", "update", dry_run=True, aborted="AWS was not there."))
    assert (found["aborted"], found["failures"]) == ("AWS was not there.", ["AWS was not there."])


def test_the_summary_has_a_line_for_each() -> None:
    assert answer(REPORT)["summary"] == [
        "load balancer blog: changed (access logs: off → s3://logs). It does not log yet.",
        "load balancer net: left alone (leave it alone). It is a network load balancer.",
        "load balancer shop: refused. Its bucket is elsewhere. Move it.",
        "load balancer wiki: failed. AWS was not there.",
        "bucket logs: unchanged (logs are delivered)",
    ]


def test_the_log_has_a_line_for_each_and_one_for_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()

    log_report(REPORT)

    lines: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["level"] for line in lines] == ["INFO", "INFO", "WARN", "ERROR", "INFO", "ERROR"]
    assert lines[0]["message"] == "load balancer blog: changed"
    assert lines[0]["arn"] == "arn:blog"
    assert lines[0]["done"] == ["access logs: off → s3://logs"]
    assert lines[4]["bucket"] == "logs"
    assert lines[5]["load_balancers"] == {"changed": 1, "failed": 1, "left alone": 1, "refused": 1}
    assert lines[5]["failures"] == 2
    assert all(line["onboarding"] == "shop" and "timestamp" in line for line in lines)
