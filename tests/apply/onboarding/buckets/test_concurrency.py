"""Several onboardings, and processes, work on one bucket at once: none loses what another has written."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from onboarding.buckets.buckets import Buckets
from onboarding.settings import Hub, Place, Selection, Settings
from tests.apply.onboarding.buckets.rig import OTHERS_STATEMENT, REGION, Rig, document, need
from tests.apply.onboarding.emulator import clients
from tests.harness.localstack.server import LocalStack

RUNS = 4


def named(settings: Settings, number: int) -> Settings:
    return replace(settings, name=f"team-n{number}")


def test_threads_that_get_ready_and_leave_at_once_lose_nothing(rig: Rig) -> None:
    bucket = rig.bucket(document(OTHERS_STATEMENT))
    settings = rig.settings()

    def get_ready(number: int) -> None:
        rig.buckets(named(settings, number)).prepare(need(bucket, f"p{number}"))

    def leave_or_get_ready(number: int) -> None:
        if number % 2:
            rig.buckets(named(settings, number)).withdraw(bucket, frozenset)
        else:
            get_ready(number + RUNS)

    with ThreadPoolExecutor(RUNS) as pool:
        list(pool.map(get_ready, range(RUNS)))
    assert sorted(rig.sids(bucket)) == sorted(["Others", *_sids(range(RUNS))])
    assert [name.rpartition("-")[0] for name in rig.rule_ids(bucket)] == [f"team-n{n}" for n in range(RUNS)]

    with ThreadPoolExecutor(RUNS) as pool:
        list(pool.map(leave_or_get_ready, range(RUNS)))
    left = range(0, 2 * RUNS, 2)
    assert sorted(rig.sids(bucket)) == sorted(["Others", *_sids(left)])
    assert sorted(name.rpartition("-")[0] for name in rig.rule_ids(bucket)) == sorted(
        f"team-n{number}" for number in left
    )


def test_of_two_that_need_the_same_rule_the_last_one_removes_it(rig: Rig) -> None:
    """S3 takes one rule for a key: the second onboarding lives by the first one's, and inherits it."""
    bucket = rig.bucket()
    first, second = (rig.buckets(named(rig.settings(), number)) for number in (1, 2))
    first.prepare(need(bucket))
    second.prepare(need(bucket))
    assert rig.rule_ids(bucket) == ["team-n1-e3b0c442"]

    entry = first.withdraw(bucket, frozenset)
    assert rig.rule_ids(bucket) == ["team-n2-e3b0c442"]
    assert (
        "left the notification rule team-n1-e3b0c442 to another onboarding, as team-n2-e3b0c442" in entry.done
    )
    assert second.prepare(need(bucket)).done == []

    second.withdraw(bucket, frozenset)
    assert (rig.rule_ids(bucket), rig.policy(bucket)) == ([], None)


def test_processes_lose_nothing(rig: Rig, localstack: LocalStack) -> None:
    bucket = rig.bucket(document(OTHERS_STATEMENT))
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(
            target=_get_ready, args=(localstack.endpoint, rig.account_id, bucket, number, rig.queue_arn)
        )
        for number in range(2)
    ]

    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 2
    assert sorted(rig.sids(bucket)) == sorted(["Others", *_sids(range(2))])
    assert len(rig.rule_ids(bucket)) == 2


def _get_ready(endpoint: str, account_id: str, bucket: str, number: int, queue_arn: str) -> None:
    hub = Hub("arn:aws:iam::111111111111:role/hub", queue_arn=queue_arn)
    settings = Settings(f"team-n{number}", Selection(all=True), hub=hub)
    place = Place("aws", REGION, account_id)
    buckets = Buckets(clients(endpoint, account_id, REGION), settings, place, lambda: 600.0)
    buckets.prepare(need(bucket, f"p{number}"))


def _sids(numbers: Iterable[int]) -> list[str]:
    return [f"TeamN{number}{purpose}" for number in numbers for purpose in ("DeliverLogs", "HubReadsLogs")]
