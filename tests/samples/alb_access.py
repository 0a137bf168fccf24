"""ALB access log lines of a small shop, with all 34 fields, and the key of the object that holds them.

The fields and the key are those of the Application Load Balancer user guide ("Access logs for your Application Load
Balancer"). The same seed gives the same lines.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_REQUESTS = (
    # method, path, status, weight
    ("GET", "/", 200, 30),
    ("GET", "/products?page=2", 200, 25),
    ("GET", "/products/4711", 200, 20),
    ("GET", "/static/app.js", 304, 10),
    ("POST", "/cart", 201, 8),
    ("POST", "/checkout", 302, 4),
    ("GET", "/wp-login.php", 404, 3),
    ("GET", "/search?q=%22blue+shoes%22", 200, 6),
    ("POST", "/checkout", 502, 1),
    ("GET", "/health", 200, 5),
)
_USER_AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "curl/8.9.1",
    r"Robot \"Spider\" 2.1",
)


@dataclass(frozen=True, slots=True)
class LoadBalancer:
    """Who writes the lines: a load balancer of an account in a region."""

    account_id: str = "222222222222"
    region: str = "eu-west-1"
    name: str = "shop-2"
    id: str = "f1e2d3c4b5a69788"

    def key(
        self, end: datetime, prefix: str = "", node_ip: str = "203.0.113.9", rand: str = "4k9x2m1q"
    ) -> str:
        """Return the key of the object for the 5-minute window that ends at `end` (UTC)."""
        folder = f"AWSLogs/{self.account_id}/elasticloadbalancing/{self.region}/{end:%Y/%m/%d}"
        file = (
            f"{self.account_id}_elasticloadbalancing_{self.region}_app.{self.name}.{self.id}"
            f"_{end:%Y%m%dT%H%MZ}_{node_ip}_{rand}.log.gz"
        )
        return f"{prefix}/{folder}/{file}" if prefix else f"{folder}/{file}"


def lines(
    count: int, end: datetime, load_balancer: LoadBalancer | None = None, seed: int = 1
) -> Iterator[str]:
    """Make `count` lines, without line ends, spread in time order over the 5 minutes before `end` (UTC)."""
    balancer = load_balancer or LoadBalancer()
    chance = random.Random(seed)  # noqa: S311  not for secrets
    start = end - timedelta(minutes=5)
    step = timedelta(minutes=5) / count
    weights = [weight for *_, weight in _REQUESTS]
    for number in range(count):
        method, path, status, _ = chance.choices(_REQUESTS, weights)[0]
        yield _line(balancer, chance, start + number * step, method, path, status)


def gzipped(log_lines: Iterator[str]) -> bytes:
    """Pack lines as the delivered object does: gzip, each line ended by a newline."""
    return gzip.compress("".join(f"{line}\n" for line in log_lines).encode(), mtime=0)


def _line(
    balancer: LoadBalancer, chance: random.Random, at: datetime, method: str, path: str, status: int
) -> str:
    target = f"10.0.{chance.randrange(4)}.{chance.randrange(4, 250)}:8080"
    took = chance.uniform(0.002, 0.4)
    target_status = "-" if status == 502 else str(status)
    trace = f"Root=1-{int(at.timestamp()):08x}-{chance.getrandbits(96):024x}"
    group = (
        f"arn:aws:elasticloadbalancing:{balancer.region}:{balancer.account_id}:targetgroup/shop/"
        "0123456789abcdef"
    )
    fields = (
        "https",
        _time(at),
        f"app/{balancer.name}/{balancer.id}",
        f"198.51.100.{chance.randrange(1, 255)}:{chance.randrange(1024, 65535)}",
        target,
        "0.001",
        f"{took:.3f}",
        "0.000",
        str(status),
        target_status,
        str(chance.randrange(80, 900)),
        str(chance.randrange(200, 40000)),
        f'"{method} https://shop.example.com:443{path} HTTP/2.0"',
        f'"{chance.choice(_USER_AGENTS)}"',
        "TLS_AES_128_GCM_SHA256",
        "TLSv1.3",
        group,
        f'"{trace}"',
        '"shop.example.com"',
        f'"arn:aws:acm:{balancer.region}:{balancer.account_id}:certificate/12345678-1234-1234-1234-123456789012"',
        "1",
        _time(at - timedelta(seconds=took)),
        '"forward"',
        '"-"',
        '"-"',
        f'"{target}"',
        f'"{target_status}"',
        '"-"',
        '"-"',
        f"TID_{chance.getrandbits(128):032x}",
        '"-"',
        '"-"',
        '"-"',
        "203.0.113.9",
    )
    return " ".join(fields)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
