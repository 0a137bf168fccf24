"""The port that LocalStack is to listen on when it has started."""

import random
import socket

import pytest

from tests.harness.localstack import server


def test_a_port_that_is_taken_is_passed_over_for_one_that_no_connection_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        taken: int = other.getsockname()[1]
        asked: list[tuple[int, int]] = []
        ports = iter([taken, 0])

        def choose(first: int, last: int) -> int:
            asked.append((first, last))
            return next(ports)

        monkeypatch.setattr(random, "randint", choose)

        assert server._free_port() == 0

    assert len(asked) == 2
    assert all(1024 <= first < last < 32768 for first, last in asked)
