"""The stand-in for Loki answers as Loki does."""

import base64
import http.client
import json
import socket
import threading
import time
import urllib.error
from collections.abc import Iterator

import pytest

from tests.harness.loki.limits import Limits
from tests.harness.loki.query import LokiQuery, LokiQueryError
from tests.harness.loki.receiver import LokiReceiver
from tests.unit.harness.pushes import SECOND, bytes_field, entry, post, push_body, stream

NOW = 1_700_000_000 * SECOND
WEEK = 7 * 24 * 3600 * SECOND


@pytest.fixture
def loki() -> Iterator[LokiReceiver]:
    with LokiReceiver(clock=lambda: NOW) as receiver:
        yield receiver


def test_a_push_is_kept_with_labels_time_line_and_metadata(loki: LokiReceiver) -> None:
    answer = post(
        loki.push_url,
        push_body(stream('{b="2", a="1"}', entry(NOW - 1, "late"), entry(NOW - 5, "early ü", {"id": "7"}))),
    )

    assert (answer.status, answer.text) == (204, "")
    assert loki.streams() == [{"a": "1", "b": "2"}]
    assert [(e.timestamp, e.line, e.metadata) for e in loki.entries()] == [
        (NOW - 5, "early ü", {"id": "7"}),
        (NOW - 1, "late", {}),
    ]
    assert [(r.method, r.path, r.status) for r in loki.requests] == [("POST", "/loki/api/v1/push", 204)]


def test_a_push_in_json_is_kept_too(loki: LokiReceiver) -> None:
    document = {"streams": [{"stream": {"a": 'quo"te'}, "values": [[str(NOW), "line", {"id": "7"}]]}]}

    answer = post(loki.push_url, json.dumps(document).encode(), {"Content-Type": "application/json"})

    assert answer.status == 204
    (found,) = loki.entries()
    assert (found.labels, found.line, found.metadata) == ({"a": 'quo"te'}, "line", {"id": "7"})


def test_a_repeated_entry_is_kept_once_and_another_line_of_the_same_time_too(loki: LokiReceiver) -> None:
    body = push_body(stream('{a="1"}', entry(NOW, "x"), entry(NOW, "y")))

    assert [post(loki.push_url, body).status for _ in range(2)] == [204, 204]

    assert [e.line for e in loki.entries()] == ["x", "y"]
    assert len(loki.requests) == 2


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        pytest.param(push_body(), 422, "error at least one valid stream is required", id="no streams"),
        pytest.param(b"not snappy", 400, "snappy", id="not snappy"),
        pytest.param(b"", 400, "snappy", id="empty body"),
        pytest.param(push_body(bytes_field(2, b"\xff")), 400, "proto", id="not a push"),
        pytest.param(
            push_body(stream("{}", entry(NOW, "x"))), 400, "at least one label pair", id="no labels"
        ),
        pytest.param(push_body(stream("a=1", entry(NOW, "x"))), 400, "couldn't parse labels", id="no braces"),
        pytest.param(push_body(stream("{a=1}", entry(NOW, "x"))), 400, "a quoted value", id="no quotes"),
        pytest.param(
            push_body(stream('{a.b="1"}', entry(NOW, "x"))), 400, "an operator", id="name with a dot"
        ),
        pytest.param(push_body(stream('{a=~"1"}', entry(NOW, "x"))), 400, "expecting =", id="a selector"),
        pytest.param(
            push_body(stream('{a="1",}', entry(NOW, "x"))), 400, "a label name", id="trailing comma"
        ),
        pytest.param(push_body(stream('{a="1"} x', entry(NOW, "x"))), 400, "unexpected", id="text behind"),
        pytest.param(push_body(stream(r'{a="\q"}', entry(NOW, "x"))), 400, "invalid escape", id="bad escape"),
        pytest.param(
            push_body(stream('{a="1", a="2"}', entry(NOW, "x"))), 400, "duplicate label name: 'a'", id="twice"
        ),
        pytest.param(
            push_body(stream("{" + ", ".join(f'l{n}="v"' for n in range(16)) + "}", entry(NOW, "x"))),
            400,
            "has 16 label names; limit 15",
            id="16 labels",
        ),
        pytest.param(
            push_body(stream(f'{{{"n" * 1025}="v"}}', entry(NOW, "x"))), 400, "label name too long", id="name"
        ),
        pytest.param(
            push_body(stream(f'{{a="{"v" * 2049}"}}', entry(NOW, "x"))),
            400,
            "label value too long",
            id="value",
        ),
        pytest.param(
            push_body(stream('{a="1"}', entry(NOW, "x" * 262_145))),
            400,
            "Max entry size '262144' bytes exceeded for stream '{a=\"1\"}' while adding an entry with length "
            "'262145' bytes",
            id="line too long",
        ),
        pytest.param(
            push_body(stream('{a="1"}', entry(NOW - WEEK - 1, "x"))),
            400,
            "entry for stream '{a=\"1\"}' has timestamp too old: 2023-11-07T22:13:19Z, oldest acceptable "
            "timestamp is: 2023-11-07T22:13:20Z",
            id="too old",
        ),
        pytest.param(
            push_body(stream('{a="1"}', entry(NOW + 600 * SECOND + 1, "x"))),
            400,
            "timestamp too new",
            id="new",
        ),
        pytest.param(
            push_body(stream('{a="1"}', entry(NOW, "x", {"m": "v" * 65_536}))),
            400,
            "structured metadata too large",
            id="metadata too large",
        ),
        pytest.param(
            push_body(stream('{a="1"}', entry(NOW, "x", {f"m{n}": "v" for n in range(129)}))),
            400,
            "too many structured metadata labels: '129', limit: '128'",
            id="too many metadata",
        ),
    ],
)
def test_what_loki_refuses_is_refused_with_its_words(
    loki: LokiReceiver, body: bytes, status: int, text: str
) -> None:
    answer = post(loki.push_url, body)

    assert answer.status == status
    assert text in answer.text
    assert loki.entries() == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(push_body(stream('{a="1"}', entry(NOW, "x" * 262_144))), id="longest line"),
        pytest.param(push_body(stream('{a="1"}', entry(NOW - WEEK, "x"))), id="oldest"),
        pytest.param(push_body(stream('{a="1"}', entry(NOW + 600 * SECOND, "x"))), id="newest"),
        pytest.param(
            push_body(stream("{" + ", ".join(f'l{n}="v"' for n in range(15)) + "}", entry(NOW, "x"))),
            id="15 labels",
        ),
        pytest.param(push_body(stream(f'{{a="{"v" * 2048}"}}', entry(NOW, "x"))), id="longest value"),
    ],
)
def test_what_is_just_within_the_limits_is_taken(loki: LokiReceiver, body: bytes) -> None:
    assert post(loki.push_url, body).status == 204
    assert len(loki.entries()) == 1


def test_valid_entries_are_kept_when_others_are_refused(loki: LokiReceiver) -> None:
    answer = post(
        loki.push_url,
        push_body(
            stream('{a="1"}', entry(NOW - 2 * WEEK, "old"), entry(NOW, "good")),
            stream('{a="1", a="2"}', entry(NOW, "bad labels")),
            stream('{a="2"}', entry(NOW, "good too")),
        ),
    )

    assert answer.status == 400
    assert len(answer.text.splitlines()) == 2
    assert [e.line for e in loki.entries()] == ["good", "good too"]


def test_unparsable_labels_refuse_the_whole_push(loki: LokiReceiver) -> None:
    answer = post(loki.push_url, push_body(stream('{a="1"}', entry(NOW, "x")), stream("{", entry(NOW, "y"))))

    assert answer.status == 400
    assert loki.entries() == []


def test_old_lines_can_be_allowed() -> None:
    with LokiReceiver(clock=lambda: NOW, limits=Limits(reject_old_samples=False)) as loki:
        assert post(loki.push_url, push_body(stream('{a="1"}', entry(SECOND, "x")))).status == 204


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("PUT", "/loki/api/v1/push", {}, 405),
        ("POST", "/loki/api/v1/query_range", {}, 405),
        ("POST", "/api/prom/push", {}, 404),
        ("POST", "/loki/api/v1/push", {"Content-Type": "text/plain"}, 415),
        ("POST", "/loki/api/v1/push", {"Content-Type": ""}, 400),
        ("POST", "/loki/api/v1/push", {"Content-Encoding": "br"}, 400),
    ],
)
def test_a_wrong_request_is_refused(
    loki: LokiReceiver, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    body = push_body(stream('{a="1"}', entry(NOW, "x")))

    assert post(loki.url + path, body, headers, method).status == status
    assert loki.entries() == []


def basic(credentials: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(credentials.encode()).decode()}


@pytest.mark.parametrize(
    ("expected", "sent", "status"),
    [
        ({"username": "u", "password": "p:w"}, basic("u:p:w"), 204),
        ({"username": "u", "password": "p"}, basic("u:q"), 401),
        ({"username": "u", "password": "p"}, {"Authorization": "Basic !"}, 401),
        ({"username": "u", "password": "p"}, {}, 401),
        ({"bearer_token": "t"}, {"Authorization": "Bearer t"}, 204),
        ({"bearer_token": "t"}, {"Authorization": "Bearer x"}, 401),
        ({"tenant_id": "team"}, {"X-Scope-OrgID": "team"}, 204),
        ({"tenant_id": "team"}, {}, 401),
    ],
)
def test_credentials_are_checked_when_some_are_expected(
    expected: dict[str, str], sent: dict[str, str], status: int
) -> None:
    with LokiReceiver(clock=lambda: NOW, **expected) as loki:  # type: ignore[arg-type]
        assert post(loki.push_url, push_body(stream('{a="1"}', entry(NOW, "x"))), sent).status == status
        assert len(loki.entries()) == (1 if status == 204 else 0)


def test_tenants_do_not_see_each_other(loki: LokiReceiver) -> None:
    post(loki.push_url, push_body(stream('{a="1"}', entry(NOW, "x"))), {"X-Scope-OrgID": "team"})

    assert [e.line for e in loki.entries(tenant_id="team")] == ["x"]
    assert loki.entries() == []


def test_it_fails_as_often_as_told_and_keeps_what_it_is_told_to(loki: LokiReceiver) -> None:
    loki.fail_next(2, status=429, retry_after=7, accept_entries=1)
    body = push_body(stream('{a="1"}', entry(NOW, "x"), entry(NOW, "y")))

    answers = [post(loki.push_url, body) for _ in range(2)]
    kept = [e.line for e in loki.entries()]
    last = post(loki.push_url, body)

    assert [(a.status, a.headers["Retry-After"]) for a in answers] == [(429, "7"), (429, "7")]
    assert kept == ["x"]
    assert last.status == 204
    assert [e.line for e in loki.entries()] == ["x", "y"]


def test_it_drops_the_connection_when_told_to(loki: LokiReceiver) -> None:
    loki.fail_next(drop_connection=True)

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError, urllib.error.URLError)):
        post(loki.push_url, push_body(stream('{a="1"}', entry(NOW, "x"))))

    assert loki.entries() == []
    assert [r.status for r in loki.requests] == [None]


def test_an_answer_can_be_lost_after_the_push_was_taken(loki: LokiReceiver) -> None:
    loki.fail_next(status=204, drop_connection=True)
    body = push_body(stream('{a="1"}', entry(NOW, "x")))

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError, urllib.error.URLError)):
        post(loki.push_url, body)
    assert [e.line for e in loki.entries()] == ["x"]

    assert post(loki.push_url, body).status == 204
    assert [e.line for e in loki.entries()] == ["x"]


def test_it_answers_late_when_told_to(loki: LokiReceiver) -> None:
    loki.fail_next(status=204, delay=0.2)
    begun = time.monotonic()

    assert post(loki.push_url, push_body(stream('{a="1"}', entry(NOW, "x")))).status == 204

    assert time.monotonic() - begun >= 0.2
    assert len(loki.entries()) == 1


def test_a_rate_limit_can_be_switched(loki: LokiReceiver) -> None:
    body = push_body(stream('{a="1"}', entry(NOW, "four")))
    loki.rate_limited = True
    limited = post(loki.push_url, body)
    loki.rate_limited = False

    assert limited.status == 429
    assert "attempting to ingest '1' lines totaling '4' bytes" in limited.text
    assert post(loki.push_url, body).status == 204


def test_lines_are_read_back_by_selector_and_time(loki: LokiReceiver) -> None:
    post(
        loki.push_url,
        push_body(
            stream('{a="1"}', entry(NOW - 3, "first", {"id": "7"}), entry(NOW - 2, "second")),
            stream('{a="2"}', entry(NOW - 1, "third")),
        ),
    )
    query = LokiQuery(loki.url)

    assert [e.line for e in query.query_range('{a=~".+"}', NOW - 3, NOW)] == ["first", "second", "third"]
    assert [e.line for e in query.query_range('{a="1"}', NOW - 3, NOW - 2)] == ["first"]
    assert [e.line for e in query.query_range('{a=~"1|2", a!="1"}', NOW - 3, NOW)] == ["third"]
    assert query.query_range('{a="1"}', NOW - 3, NOW - 2)[0].labels == {"a": "1", "id": "7"}
    assert query.labels() == ["a"]


def test_more_lines_than_one_answer_holds_are_read_back(loki: LokiReceiver) -> None:
    lines = [entry(NOW - 9000 + n // 3, f"line {n}") for n in range(12_001)]
    post(loki.push_url, push_body(stream('{a="1"}', *lines)))

    found = LokiQuery(loki.url).query_range('{a="1"}', NOW - 9000, NOW)

    assert len(found) == 12_001
    assert len({e.line for e in found}) == 12_001


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('{a="1"} |= "x"', "stand-in"),
        ('count_over_time({a="1"}[5m])', "stand-in"),
        ('{a=~".*"}', "at least one regexp or equality matcher"),
        ("{}", "at least one regexp or equality matcher"),
        ('{a=~"("}', "error parsing regexp"),
    ],
)
def test_other_queries_are_refused(loki: LokiReceiver, query: str, text: str) -> None:
    with pytest.raises(LokiQueryError, match="refused /loki/api/v1/query_range with 400") as caught:
        LokiQuery(loki.url).query_range(query, NOW - 1, NOW)
    assert text in str(caught.value)


def test_a_query_with_wrong_credentials_says_so() -> None:
    with LokiReceiver(username="u", password="p") as loki:
        with pytest.raises(LokiQueryError, match=r"with 401.*Check the URL, the credentials and the tenant"):
            LokiQuery(loki.url, "u", "wrong").query_range('{a="1"}', 0, NOW)
        assert LokiQuery(loki.url, "u", "p").query_range('{a="1"}', 0, NOW) == []


def test_a_loki_that_is_not_there_is_named() -> None:
    with pytest.raises(LokiQueryError, match=r"Loki at http://127.0.0.1:1 did not answer"):
        LokiQuery("http://127.0.0.1:1").query_range('{a="1"}', 0, NOW)


def test_a_port_that_does_not_speak_http_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"\0\0\x06\x04 this is gRPC\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"

        with pytest.raises(LokiQueryError, match="did not answer"):
            LokiQuery(url).labels()
        thread.join()
