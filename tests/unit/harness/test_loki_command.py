"""The stand-in for Loki as a command."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.harness.loki.query import LokiQuery
from tests.unit.harness.pushes import entry, post, push_body, stream


def test_it_listens_until_it_is_told_to_end() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.harness.loki", "--port", "0", "--tenant-id", "team"],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url = re.search(r"http://\S+", process.stdout.readline())
    assert url is not None
    now = time.time_ns()

    answer = post(
        f"{url[0]}/loki/api/v1/push", push_body(stream('{a="1"}', entry(now, "x"))), {"X-Scope-OrgID": "team"}
    )
    found = LokiQuery(url[0], tenant_id="team").wait_for('{a="1"}', now, now + 1, 1)
    process.send_signal(signal.SIGTERM)

    assert answer.status == 204
    assert [line.line for line in found] == ["x"]
    assert process.wait(60) == 0
