"""CloudFormation gets one answer to each request, whatever happens."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onboarding.callers.cloudformation import handle, is_request
from onboarding.callers.response import Answer, Reply
from onboarding.errors import OnboardingError, SettingsError
from tests.unit.onboarding.callers.stack import STACK, AnswersDouble, Invocation, Work, request

SETTINGS = {"name": "alb-onboarding", "selection": {"all": True}}
TEXT = json.dumps(SETTINGS)


@pytest.fixture
def stack() -> Iterator[AnswersDouble]:
    with AnswersDouble() as double:
        yield double


def test_a_creation_is_done_and_answered(stack: AnswersDouble) -> None:
    work = Work(
        [{"failures": [], "bucket_names": ["a", "b"], "summary": ["shop: changed", "blog: unchanged"]}]
    )

    handle(request(stack.url, "Create", TEXT), Invocation(), work)

    assert work.asked == [{**SETTINGS, "tf": {"action": "create"}}]
    assert stack.answer == {
        "Status": "SUCCESS",
        "PhysicalResourceId": "alb-onboarding",
        "StackId": STACK,
        "RequestId": "r-1",
        "LogicalResourceId": "Onboarding",
        "Data": {"BucketNames": "a,b", "Summary": "shop: changed\nblog: unchanged"},
    }


@pytest.mark.parametrize(("kind", "action"), [("Update", "update"), ("Delete", "delete")])
def test_an_onboarding_stays_known_by_its_name(stack: AnswersDouble, kind: str, action: str) -> None:
    work = Work()
    handle(request(stack.url, kind, TEXT, "alb-onboarding"), Invocation(), work)
    assert [asked["tf"] for asked in work.asked] == [{"action": action}]
    assert (stack.answer["Status"], stack.answer["PhysicalResourceId"]) == ("SUCCESS", "alb-onboarding")


def test_the_address_is_signed_for_no_content_type(stack: AnswersDouble) -> None:
    handle(request(stack.url, "Create", TEXT), Invocation(), Work())
    assert stack.answers[0].headers["Content-Type"] == ""


def test_failures_of_load_balancers_fail_the_stack_with_the_list(stack: AnswersDouble) -> None:
    failures = ["shop: the bucket is elsewhere.", "blog: a policy denies."]
    handle(request(stack.url, "Create", TEXT), Invocation(), Work([{"failures": failures}]))
    assert stack.answer["Status"] == "FAILED"
    assert stack.answer["Reason"] == (
        "shop: the bucket is elsewhere. blog: a policy denies. See log stream 2026/01/01/[$LATEST]1 of log group "
        "/aws/lambda/onboarding."
    )
    assert stack.answer["PhysicalResourceId"] == "alb-onboarding"


def test_a_dry_run_succeeds_also_where_it_finds_what_would_be_refused(stack: AnswersDouble) -> None:
    result = {
        "dry_run": True,
        "failures": ["shop: the bucket is elsewhere."],
        "aborted": "",
        "summary": ["load balancer shop: refused. The bucket is elsewhere."],
    }
    handle(request(stack.url, "Create", TEXT), Invocation(), Work([result]))
    assert stack.answer["Status"] == "SUCCESS"
    assert stack.answer["Data"]["Summary"] == "load balancer shop: refused. The bucket is elsewhere."


def test_a_dry_run_that_broke_off_fails(stack: AnswersDouble) -> None:
    result = {"dry_run": True, "failures": ["The run ended early."], "aborted": "The run ended early."}
    handle(request(stack.url, "Create", TEXT), Invocation(), Work([result]))
    assert stack.answer["Status"] == "FAILED"
    assert stack.answer["Reason"].startswith("The run ended early. See")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (SettingsError("logs.acess: there is no such setting."), "logs.acess: there is no such setting. See"),
        (
            OnboardingError("2 load balancers could not be put back."),
            "2 load balancers could not be put back. See",
        ),
        (KeyError("bucket"), "KeyError: 'bucket' See"),
    ],
)
@pytest.mark.parametrize("kind", ["Create", "Update"])
def test_errors_are_answered(stack: AnswersDouble, kind: str, error: Exception, reason: str) -> None:
    known_as = "alb-onboarding" if kind == "Update" else None
    handle(request(stack.url, kind, TEXT, known_as), Invocation(), Work([error]))
    assert stack.answer["Status"] == "FAILED"
    assert stack.answer["Reason"].startswith(reason)


@pytest.mark.parametrize("property_", [None, "", "{", "[]", {"name": "alb-onboarding"}])
def test_a_property_that_is_no_json_object_is_refused(stack: AnswersDouble, property_: Any) -> None:
    work = Work()
    handle(request(stack.url, "Create", property_), Invocation(), work)
    assert work.asked == []
    assert stack.answer["Status"] == "FAILED"
    assert stack.answer["Reason"].startswith("The property Onboarding is no JSON ")
    assert stack.answer["PhysicalResourceId"] == "UNNAMED"


def test_another_name_is_refused_and_the_former_stays(stack: AnswersDouble) -> None:
    work = Work()
    handle(request(stack.url, "Update", TEXT, "former"), Invocation(), work)
    assert work.asked == []
    assert "'former' of an onboarding cannot be changed to 'alb-onboarding'" in stack.answer["Reason"]
    assert (stack.answer["Status"], stack.answer["PhysicalResourceId"]) == ("FAILED", "former")


def test_a_request_of_no_known_type_is_refused(stack: AnswersDouble) -> None:
    handle(request(stack.url, "Rename", TEXT), Invocation(), Work())
    assert stack.answer["Reason"].startswith("The request type 'Rename' is none of Create, Update, Delete.")


class TestDelete:
    def test_what_could_not_be_created_is_deleted(self, stack: AnswersDouble) -> None:
        handle(request(stack.url, "Delete", "{", "UNNAMED"), Invocation(), Work([SettingsError("name")]))
        assert stack.answer["Status"] == "SUCCESS"
        assert stack.answer["PhysicalResourceId"] == "UNNAMED"

    def test_the_name_is_enough(self, stack: AnswersDouble) -> None:
        work = Work()
        handle(request(stack.url, "Delete", "{", "alb-onboarding"), Invocation(), work)
        assert work.asked == [{"name": "alb-onboarding", "tf": {"action": "delete"}}]
        assert stack.answer["Status"] == "SUCCESS"

    def test_of_one_whose_creation_was_never_answered_the_properties_have_the_name(
        self, stack: AnswersDouble
    ) -> None:
        work = Work()
        handle(request(stack.url, "Delete", TEXT, "stack-Onboarding-1ABC"), Invocation(), work)
        assert work.asked == [{**SETTINGS, "tf": {"action": "delete"}}]
        assert stack.answer["PhysicalResourceId"] == "stack-Onboarding-1ABC"

    def test_a_failure_keeps_the_resource(self, stack: AnswersDouble) -> None:
        work = Work([OnboardingError("shop: could not be put back.")])
        handle(request(stack.url, "Delete", TEXT, "alb-onboarding"), Invocation(), work)
        assert len(work.asked) == 1
        assert stack.answer["Status"] == "FAILED"


class TestSize:
    """CloudFormation takes no more than 4096 bytes, and waits on when it gets more."""

    def test_a_long_reason_is_cut_and_says_where_the_rest_is(self, stack: AnswersDouble) -> None:
        failures = [f"balancer-{number}: “zu groß”." for number in range(1000)]
        handle(request(stack.url, "Create", TEXT), Invocation(), Work([{"failures": failures}]))
        (taken,) = stack.answers
        assert 4080 < len(taken.body) <= 4096
        reason = taken.document["Reason"]
        assert reason.startswith("balancer-0: “zu groß”. balancer-1:")
        assert reason.endswith(
            " … (cut) See log stream 2026/01/01/[$LATEST]1 of log group /aws/lambda/onboarding."
        )

    def test_of_a_success_the_summary_gives_way_first(self, stack: AnswersDouble) -> None:
        result = {"bucket_names": ["b" * 63] * 10, "summary": ["shop: changed"] * 1000}
        handle(request(stack.url, "Create", TEXT), Invocation(), Work([result]))
        (taken,) = stack.answers
        assert 4080 < len(taken.body) <= 4096
        assert taken.document["Data"]["BucketNames"] == ",".join(["b" * 63] * 10)
        assert taken.document["Data"]["Summary"].endswith("… (cut)")

    def test_too_many_buckets(self, stack: AnswersDouble) -> None:
        result = {"bucket_names": ["b" * 63] * 100, "summary": ["shop: changed"] * 1000}
        handle(request(stack.url, "Create", TEXT), Invocation(), Work([result]))
        (taken,) = stack.answers
        assert len(taken.body) <= 4096
        assert taken.document["Data"]["BucketNames"].endswith("… (cut)")


class TestSending:
    def test_a_moment_s_trouble_is_sat_out(self) -> None:
        with AnswersDouble([503, 500]) as stack:
            handle(request(stack.url, "Create", TEXT), Invocation(), Work())
        assert stack.asked == 3
        assert stack.answer["Status"] == "SUCCESS"

    def test_lambda_repeats_what_could_not_be_answered(self) -> None:
        with AnswersDouble([503] * 9) as stack, pytest.raises(ConnectionError, match="ResponseError"):
            handle(request(stack.url, "Create", TEXT), Invocation(), Work())
        assert stack.answers == []

    def test_an_expired_address_is_told_and_stays_secret(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, "onboarding")
        with (
            AnswersDouble([403]) as stack,
            pytest.raises(ConnectionRefusedError, match="HTTP status 403") as told,
        ):
            handle(request(stack.url, "Create", TEXT), Invocation(), Work())
        assert stack.asked == 1
        assert "secret" not in str(told.value) + caplog.text


HANG = """
import json, sys, time
from onboarding.callers.cloudformation import handle
from tests.unit.onboarding.callers.stack import Invocation

def onboard(request):
    print("begun", flush=True)
    time.sleep(300)
    print("ended", flush=True)

handle(json.load(sys.stdin), Invocation(left=13.0), onboard)
print("returned", flush=True)
"""


class TestWatchdog:
    def test_nothing_goes_on_after_the_answer_that_time_is_up(
        self, stack: AnswersDouble, repository: Path
    ) -> None:
        result = subprocess.run(
            [sys.executable, "-c", HANG],
            input=json.dumps(request(stack.url, "Create", TEXT)),
            env={**os.environ, "PYTHONPATH": f"{repository}{os.pathsep}{repository / 'lambda_src'}"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (result.stdout, result.returncode) == ("begun\n", 1), result.stderr
        assert stack.answer["Status"] == "FAILED"
        assert stack.answer["Reason"].startswith("Time is up.")
        assert stack.answer["PhysicalResourceId"] == "alb-onboarding"

    def test_whoever_is_second_says_nothing(self, stack: AnswersDouble) -> None:
        reply = Reply(request(stack.url, "Create", TEXT))
        assert reply.give(Answer("alb-onboarding"))
        assert not reply.give(Answer("alb-onboarding", "Time is up."))
        assert stack.answer["Status"] == "SUCCESS"

    def test_it_waits_during_the_work_until_shortly_before_lambda_ends_it_and_rests_after_the_answer(
        self, stack: AnswersDouble
    ) -> None:
        before = set(threading.enumerate())
        watching: list[threading.Timer] = []

        def onboard(_request: Any) -> dict[str, Any]:
            begun = set(threading.enumerate()) - before
            watching.extend(thread for thread in begun if isinstance(thread, threading.Timer))
            return {}

        handle(request(stack.url, "Create", TEXT), Invocation(left=312.0), onboard)
        (timer,) = watching
        timer.join(60)
        assert not timer.is_alive()
        assert timer.interval == 300.0
        assert stack.answer["Status"] == "SUCCESS"
        assert stack.asked == 1


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"RequestType": "Create", "ResponseURL": "https://…"}, True),
        ({"name": "alb-onboarding", "tf": {"action": "create"}}, False),
        ({"onboarding": {}, "load_balancers": []}, False),
    ],
)
def test_requests_of_cloudformation_are_told_from_others(event: dict[str, Any], expected: bool) -> None:
    assert is_request(event) is expected


def test_an_address_that_cannot_be_reached_stays_secret(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever has it can answer in the onboarding's place."""
    with AnswersDouble() as gone:
        url = gone.url
    caplog.set_level(logging.DEBUG)

    try:
        Reply(request(url, "Create", TEXT)).give(Answer("alb-onboarding"))
    except ConnectionError:
        logging.getLogger("test").exception("As Lambda logs what is raised.")

    assert "could not be given the answer (NewConnectionError)" in caplog.text
    assert "X-Amz-Signature" not in caplog.text
    assert "Retrying" not in caplog.text
