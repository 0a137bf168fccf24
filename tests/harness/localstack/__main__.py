"""`python -m tests.harness.localstack --port 4566`: LocalStack in the foreground, until Ctrl-C or SIGTERM."""

import argparse
import signal
import threading

from tests.harness.localstack.server import running_localstack


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.harness.localstack", description=__doc__)
    parser.add_argument("--port", type=int, help="port on the loopback interface; a free one by default")
    arguments = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ended.set())
    with running_localstack(port=arguments.port, progress=lambda text: print(text, flush=True)) as server:
        print(f"LOCALSTACK_ENDPOINT={server.endpoint}", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
