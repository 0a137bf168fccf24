"""A function's code in a process of its own, without LocalStack around it."""

import json
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.localstack.function_process import FunctionProcess, FunctionSettings, Outcome
from tests.harness.localstack.runtime_packages import link_runtime_packages

Start = Callable[..., Callable[[object], Outcome]]


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return link_runtime_packages(tmp_path_factory.mktemp("runtime"))


@pytest.fixture
def function(tmp_path: Path, runtime: Path) -> Iterator[Start]:
    """Starts a function from its source; the result invokes it."""
    started: list[FunctionProcess] = []

    def start(source: str, timeout: float = 60.0) -> Callable[[object], Outcome]:
        code = tmp_path / "code"
        code.mkdir()
        (code / "app.py").write_text(textwrap.dedent(source))
        settings = FunctionSettings(
            code=code,
            runtime=runtime,
            handler="app.handler",
            environment={"COLOR": "blue"},
            timeout=timeout,
            memory=128,
            version="$LATEST",
        )
        process = FunctionProcess(settings, tmp_path / "state")
        started.append(process)

        def invoke(event: object) -> Outcome:
            return process.invoke("id-1", json.dumps(event).encode(), "arn:function", "Root=1", 60.0)

        return invoke

    yield start
    for process in started:
        process.stop()


def test_the_answer_and_the_log_come_back(function: Start) -> None:
    invoke = function(
        """
        print("imported")
        def handler(event, context):
            print("got", event)
            return {"id": context.aws_request_id, "arn": context.invoked_function_arn,
                    "left": context.get_remaining_time_in_millis()}
        """
    )

    first, second = invoke({"n": 1}), invoke({"n": 2})

    answer = json.loads(first.payload)
    assert not first.is_error
    assert (answer["id"], answer["arn"]) == ("id-1", "arn:function")
    assert 0 < answer["left"] <= 60_000
    assert first.logs.splitlines()[:4] == [
        "imported",
        "START RequestId: id-1 Version: $LATEST",
        "got {'n': 1}",
        "END RequestId: id-1",
    ]
    assert "Memory Size: 128 MB" in first.logs
    assert "imported" not in second.logs


def test_it_sees_the_environment_of_the_function_and_nothing_of_the_host(
    function: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_HOST", "x")
    invoke = function("import os\ndef handler(event, context): return dict(os.environ)")

    environment = json.loads(invoke({}).payload)

    assert environment["COLOR"] == "blue"
    assert "SECRET_OF_THE_HOST" not in environment
    assert "HOME" not in environment


def test_it_sees_the_packages_of_lambda_and_no_others_of_the_host(function: Start) -> None:
    invoke = function(
        """
        import importlib.util as util
        def handler(event, context):
            return [name for name in ("boto3", "awslambdaric", "pytest", "filelock") if util.find_spec(name)]
        """
    )

    assert json.loads(invoke({}).payload) == ["boto3", "awslambdaric"]


def test_an_exception_is_an_error_and_the_process_goes_on(function: Start) -> None:
    invoke = function(
        """
        count = 0
        def handler(event, context):
            global count
            count += 1
            if event == "fail": raise ValueError("no")
            return count
        """
    )

    failed, after = invoke("fail"), invoke("go")

    assert failed.is_error
    assert json.loads(failed.payload)["errorType"] == "ValueError"
    assert "[ERROR] ValueError: no" in failed.logs
    assert after.payload == b"2"


@pytest.mark.parametrize(
    ("crash", "message"), [("os._exit(3)", "exit status 3"), ("os.kill(os.getpid(), 9)", "signal: 9")]
)
def test_a_crash_is_an_error_and_the_next_invocation_starts_afresh(
    function: Start, crash: str, message: str
) -> None:
    invoke = function(
        f"""
        import os
        count = 0
        def handler(event, context):
            global count
            count += 1
            if event == "crash": {crash}
            return count
        """
    )
    invoke("go")

    crashed, after = invoke("crash"), invoke("go")

    assert json.loads(crashed.payload) == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: id-1 Error: Runtime exited with error: {message}",
    }
    assert after.payload == b"1"


def test_a_function_that_takes_too_long_is_ended(function: Start) -> None:
    invoke = function(
        """
        import time
        def handler(event, context): time.sleep(event)
        """,
        timeout=2.0,
    )
    begun = time.monotonic()

    outcome = invoke(300)

    assert 2.0 <= time.monotonic() - begun < 200.0
    assert json.loads(outcome.payload)["errorType"] == "Sandbox.Timedout"
    assert "Task timed out after 2.00 seconds" in outcome.logs
    assert not invoke(0).is_error


def test_a_module_that_cannot_be_imported_is_an_error_of_every_invocation(function: Start) -> None:
    invoke = function("import package_that_was_forgotten")

    for _ in range(2):
        outcome = invoke({})
        assert outcome.is_error
        assert json.loads(outcome.payload)["errorType"] == "Runtime.ImportModuleError"
        assert "package_that_was_forgotten" in outcome.logs
