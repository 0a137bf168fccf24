from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from mypy_boto3_ssm import SSMClient

from onboarding.state import parameters
from tests.apply.onboarding.emulator import clients
from tests.harness.localstack.server import LocalStack


@pytest.fixture(scope="module")
def ssm(localstack: LocalStack) -> SSMClient:
    return clients(localstack.endpoint, "262626262626", "eu-west-1").ssm


@pytest.fixture
def path() -> str:
    return f"/alb-loki/{uuid.uuid4().hex}"


def test_of_many_at_once_one_makes_it(ssm: SSMClient, path: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: parameters.put_new(ssm, path, str(number)), range(8)))

    assert made.count(True) == 1
    assert parameters.get(ssm, path) == str(made.index(True))


def test_versions_count_from_one(ssm: SSMClient, path: str) -> None:
    assert [parameters.put(ssm, path, value) for value in "ab"] == [1, 2]
    parameters.delete(ssm, path)
    parameters.delete(ssm, path)
    assert parameters.get(ssm, path) is None


def test_all_below_a_path_are_found_page_by_page(ssm: SSMClient, path: str) -> None:
    expected = {f"{path}/{number % 3}/{number}": str(number) for number in range(25)}
    for name, value in expected.items():
        parameters.put(ssm, name, value)
    parameters.put(ssm, f"{path}-beside", "x")

    assert parameters.under(ssm, path) == expected
