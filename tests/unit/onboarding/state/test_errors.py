"""Errors of Systems Manager are told by their codes, since boto3 makes their classes without a lock."""

from __future__ import annotations

import boto3
import pytest
from botocore.errorfactory import ClientExceptionsFactory
from moto import mock_aws
from mypy_boto3_ssm import SSMClient

from onboarding.aws import Clients
from onboarding.state import parameters
from onboarding.state.lock import locked

NAME = "/alb-loki/one"


def classes_of_errors(ssm: SSMClient) -> object:
    """New ones for each who asks, as threads get them that ask a new client at once."""
    return ClientExceptionsFactory().create_client_exceptions(ssm.meta.service_model)


def test_an_error_is_known_whatever_class_it_is_of(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_aws():
        session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-west-1")
        ssm = Clients(session).ssm
        monkeypatch.setattr(type(ssm), "exceptions", property(classes_of_errors))

        assert parameters.get(ssm, NAME) is None
        parameters.delete(ssm, NAME)
        assert parameters.put_new(ssm, NAME, "a")
        assert not parameters.put_new(ssm, NAME, "b")
        parameters.delete(ssm, NAME)
        with locked(ssm, NAME, lambda: 100.0):
            assert parameters.get(ssm, NAME)
