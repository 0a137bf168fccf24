"""ALB access log lines of a busy shop: about 700 bytes each, and as hard to compress as real ones.

Fields and their order: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
The same count and seed give the same lines.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from tests.samples.alb_access import LoadBalancer

BALANCER = LoadBalancer()
END = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)

_WINDOW_MICROSECONDS = 300_000_000
_START = (END - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) - _WINDOW_MICROSECONDS
_CHUNK = 4_096
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLATFORMS = (
    "X11; Linux x86_64",
    "Windows NT 10.0; Win64; x64",
    "Macintosh; Intel Mac OS X 10_15_7",
    "iPhone; CPU iPhone OS 18_5 like Mac OS X",
    "Linux; Android 15; SM-S931B",
)
_REGION = BALANCER.region
_ACCOUNT = BALANCER.account_id


class Record(NamedTuple):
    """A line, its time in microseconds since 1970, and its structured metadata (fields that are absent left out)."""

    microseconds: int
    line: str
    metadata: tuple[tuple[str, str], ...]


def records(count: int, seed: int = 1) -> Iterator[list[Record]]:
    """Make `count` lines, without line ends, in time order over 5 minutes; in portions, for speed."""
    chance = random.Random(f"{seed} {count}")  # noqa: S311  not for secrets
    world = _World.of(random.Random(seed))  # noqa: S311
    mean_gap = _WINDOW_MICROSECONDS / max(count, 1)
    now = _START
    for first in range(0, count, _CHUNK):
        size = min(_CHUNK, count - first)
        times = [
            now + int(passed) for passed in accumulate(chance.random() * 2 * mean_gap for _ in range(size))
        ]
        now = times[-1]
        yield _portion(chance, world, times)


class _Request(NamedTuple):
    """What a client asks for, and what it is answered."""

    before: str  # method and URL, quoted
    status: str
    target_status: str
    method: str
    path: str


@dataclass(frozen=True, slots=True)
class _World:
    """Who calls what: pools that a few members of dominate, as in real traffic."""

    clients: list[str]
    requests: list[_Request]
    agents: list[str]
    targets: list[str]
    groups: list[str]
    durations: list[tuple[str, int]]

    @classmethod
    def of(cls, chance: random.Random) -> _World:
        durations = [min(chance.lognormvariate(-3.2, 1.1), 59.0) for _ in range(4_000)]
        return cls(
            clients=[".".join(str(chance.randrange(1, 255)) for _ in range(4)) for _ in range(4_000)],
            requests=[_request(chance) for _ in range(1_500)],
            agents=[_agent(chance) for _ in range(120)],
            targets=[f"10.0.{chance.randrange(16)}.{chance.randrange(4, 250)}" for _ in range(48)],
            groups=[
                f"arn:aws:elasticloadbalancing:{_REGION}:{_ACCOUNT}:targetgroup/{name}/{chance.getrandbits(64):016x}"
                for name in ("shop-web", "shop-api", "shop-search", "shop-checkout")
            ],
            durations=[(f"{seconds:.3f}", int(seconds * 1_000_000)) for seconds in durations],
        )


def _portion(chance: random.Random, world: _World, times: list[int]) -> list[Record]:
    size = len(times)
    noise = chance.randbytes(28 * size).hex()
    columns = zip(
        times,
        range(0, 56 * size, 56),
        chance.choices(world.clients, cum_weights=_skewed(len(world.clients)), k=size),
        chance.choices(range(1_024, 65_536), k=size),
        chance.choices(world.targets, k=size),
        chance.choices(world.durations, k=size),
        chance.choices(world.requests, cum_weights=_skewed(len(world.requests)), k=size),
        chance.choices(range(80, 2_000), k=size),
        chance.choices(range(200, 60_000), k=size),
        chance.choices(world.agents, cum_weights=_skewed(len(world.agents)), k=size),
        chance.choices(world.groups, k=size),
        strict=True,
    )
    return [_record(noise, *column) for column in columns]


def _record(
    noise: str,
    time: int,
    at: int,
    client: str,
    port: int,
    target: str,
    duration: tuple[str, int],
    request: _Request,
    received: int,
    sent: int,
    agent: str,
    group: str,
) -> Record:
    seconds, microseconds = divmod(time, 1_000_000)
    created, created_microseconds = divmod(time - duration[1] - 1_000, 1_000_000)
    metadata: tuple[tuple[str, str], ...]
    if request.target_status == "-":  # Answered by the load balancer itself: no target was reached.
        address, took, listed = "-", "-1 -1 -1", '"-" "-"'
        metadata = (
            ("elb_status_code", request.status),
            ("client_ip", client),
            ("method", request.method),
            ("path", request.path),
            ("user_agent", agent),
        )
    else:
        address, took = f"{target}:8080", f"0.001 {duration[0]} 0.000"
        listed = f'"{target}:8080" "{request.target_status}"'
        metadata = (
            ("elb_status_code", request.status),
            ("target_status_code", request.target_status),
            ("client_ip", client),
            ("target_ip", target),
            ("target_processing_time", duration[0]),
            ("method", request.method),
            ("path", request.path),
            ("user_agent", agent),
        )
    return Record(
        time,
        f"h2 {_second(seconds)}.{microseconds:06d}Z app/{BALANCER.name}/{BALANCER.id} {client}:{port} {address} {took} "
        f'{request.status} {request.target_status} {received} {sent} {request.before} "{agent}" '
        f"TLS_AES_128_GCM_SHA256 TLSv1.3 {group} "
        f'"Root=1-{seconds:08x}-{noise[at : at + 24]}" "shop.example.com" '
        f'"arn:aws:acm:{_REGION}:{_ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012" '
        f"{port % 7} {_second(created)}.{created_microseconds:06d}Z "
        f'"forward" "-" "-" {listed} "-" "-" TID_{noise[at + 24 : at + 56]} "-" "-" "-" 203.0.113.9',
        metadata,
    )


def _request(chance: random.Random) -> _Request:
    area = chance.choice(("products", "category", "api/v2/items", "api/v2/prices", "static/assets", "search"))
    path = f"/{area}/{_word(chance)}-{chance.randrange(10_000)}"
    query = "&".join(f"{_word(chance)}={chance.randrange(100)}" for _ in range(1))
    method = chance.choices(("GET", "POST", "PUT"), (90, 8, 2))[0]
    status = chance.choices(("200", "304", "201", "302", "404", "500", "503"), (80, 8, 3, 3, 4, 1, 1))[0]
    return _Request(
        before=f'"{method} https://shop.example.com:443{path}?{query} HTTP/2.0"',
        status=status,
        target_status="-" if status == "503" else status,
        method=method,
        path=path,
    )


def _agent(chance: random.Random) -> str:
    version = f"{chance.randrange(90, 145)}.0.{chance.randrange(7_000)}.{chance.randrange(200)}"
    return (
        f"Mozilla/5.0 ({chance.choice(_PLATFORMS)}) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{version} Safari/537.36"
    )


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=chance.randrange(4, 9)))


@cache
def _skewed(size: int) -> list[float]:
    """Return cumulative weights by which the first members come often and the last ones seldom (Zipf's law)."""
    return list(accumulate(1 / (rank + 10) for rank in range(size)))


@cache  # 300 of them in a window, and those before it for the time at which a request came in.
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
