"""`python -m tests.harness.loki --port 3100`: the stand-in for Loki in the foreground, until Ctrl-C or SIGTERM."""

import argparse
import os
import signal
import threading

from tests.harness.loki.limits import Limits
from tests.harness.loki.receiver import LokiReceiver


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.harness.loki", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=3100, help="port, 0 for a free one (default: %(default)s)"
    )
    parser.add_argument("--username", help="insist on basic auth with this user name")
    parser.add_argument("--password", help="and this password (or LOKI_PASSWORD in the environment)")
    parser.add_argument("--tenant-id", help="insist on this tenant")
    parser.add_argument("--accept-old", action="store_true", help="take lines that are older than one week")
    arguments = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ended.set())
    password = arguments.password or (os.environ.get("LOKI_PASSWORD") if arguments.username else None)
    receiver = LokiReceiver(
        host=arguments.host,
        port=arguments.port,
        username=arguments.username,
        password=password,
        tenant_id=arguments.tenant_id,
        limits=Limits(reject_old_samples=not arguments.accept_old),
    )
    with receiver:
        print(f"a stand-in for Loki listens on {receiver.url}", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
