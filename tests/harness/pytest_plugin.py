"""The harness as pytest fixtures and options. Nothing is started for a test that does not ask for it.

Fixtures to override in a conftest: `repository`, `build_folder`, `aws_accounts`, `aws_region`,
`provider_versions`.
"""

import os
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.localstack.server import LocalStack, existing_localstack
from tests.harness.localstack.shared import TestRun, shared_localstack
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import ProviderSource, provider_source
from tests.harness.terraform.environment import environment
from tests.harness.terraform.workspace import TerraformWorkspace, copy_configuration
from tests.harness.timing import Timing, Timings, timing_report

_COMMAND_LIMIT = 600.0
_CLOSED_ENDPOINT = "http://127.0.0.1:1"

_RUN = pytest.StashKey[TestRun]()
_TIMINGS = pytest.StashKey[Timings]()
_SERVER = pytest.StashKey[LocalStack]()
_WORKSPACES = pytest.StashKey[list[TerraformWorkspace]]()
_FAILED = pytest.StashKey[bool]()

WorkspaceFactory = Callable[..., TerraformWorkspace]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("harness").addoption(
        "--keep-on-failure",
        action="store_true",
        help="do not destroy what a failed test, or its module, applied with Terraform, and print where it lies",
    )


# --- the run, its processes and its report


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_TIMINGS] = Timings()
    if not _is_worker(config):
        config.stash[_RUN] = TestRun()


def pytest_unconfigure(config: pytest.Config) -> None:
    run = config.stash.get(_RUN, None)
    if run is not None:
        run.close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist: tell a worker of the run it belongs to."""
    node.workerinput["harness_run"] = str(node.config.stash[_RUN].folder)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """xdist: take over what a worker has measured."""
    for row in getattr(node, "workeroutput", {}).get("harness_timings", ()):
        node.config.stash[_TIMINGS].add(*row)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _is_worker(session.config):
        rows = [(t.phase, t.subject, t.seconds) for t in session.config.stash[_TIMINGS].measured]
        session.config.workeroutput["harness_timings"] = rows  # type: ignore[attr-defined]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    measured: list[Timing] = config.stash[_TIMINGS].measured
    if measured:
        terminalreporter.section("timings of the harness")
        for line in timing_report(measured):
            terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note a failure for the teardown, and show the ends of the logs with it."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.failed:
        for node in item.listchain():
            node.stash[_FAILED] = True
        for workspace in item.stash.get(_WORKSPACES, ()):
            for name, text in workspace.commands.last_output():
                report.sections.append((f"Terraform, {workspace.name}, {name}", text))
        server = item.session.stash.get(_SERVER, None)
        if server is not None and "localstack" in getattr(item, "fixturenames", ()):
            report.sections.append(("LocalStack's log, its end", server.log_tail()))
    return report  # type: ignore[return-value]


# --- what a project sets


@pytest.fixture(scope="session")
def repository(pytestconfig: pytest.Config) -> Path:
    """The folder that Terraform configurations are named relative to."""
    return pytestconfig.rootpath


@pytest.fixture(scope="session")
def build_folder(pytestconfig: pytest.Config) -> Path:
    """Where caches and generated configuration that outlive a test run lie."""
    return pytestconfig.rootpath / ".build" / "harness"


@pytest.fixture(scope="session")
def aws_accounts() -> Sequence[Account]:
    """The accounts; the first one is the default."""
    return (Account("111111111111", "first"), Account("222222222222", "second"))


@pytest.fixture(scope="session")
def aws_region() -> str:
    """Not us-east-1, where S3 forgives what it does not elsewhere."""
    return "eu-west-1"


@pytest.fixture(scope="session")
def provider_versions() -> Mapping[str, str]:
    """Exact versions of Terraform providers, by address, see `lock_providers`; without any, Terraform chooses."""
    return {}


# --- the test run


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """A folder that goes with the test run, the same one for all workers of pytest-xdist; see `made_once`."""
    if _is_worker(pytestconfig):
        return Path(pytestconfig.workerinput["harness_run"])  # type: ignore[attr-defined]
    return pytestconfig.stash[_RUN].folder


# --- AWS


@pytest.fixture(scope="session")
def localstack(request: pytest.FixtureRequest, run_folder: Path) -> LocalStack:
    """LocalStack, started once per test run; or the endpoint in LOCALSTACK_ENDPOINT."""
    config = request.config
    named = os.environ.get("LOCALSTACK_ENDPOINT")
    if named:
        server = existing_localstack(named)
    else:
        server = shared_localstack(run_folder, progress=_tell(config))
        if server.seconds:
            config.stash[_TIMINGS].add("LocalStack start", server.endpoint, server.seconds)
    request.session.stash[_SERVER] = server
    return server


@pytest.fixture(scope="session")
def aws_clients(localstack: LocalStack, aws_region: str) -> Callable[[Account], AwsClients]:
    """Makes boto3 clients for an account: `aws_clients(account).s3`."""

    def clients(account: Account, region: str = aws_region) -> AwsClients:
        return AwsClients(localstack.endpoint, account, region)

    return clients


@pytest.fixture
def unique_name() -> Callable[[str], str]:
    """Makes a name that no other test uses: `unique_name("logs")` is for example `logs-1f0c9a2b`."""
    return lambda prefix: f"{prefix}-{uuid.uuid4().hex[:8]}"


# --- Terraform


@pytest.fixture(scope="session")
def terraform_providers(build_folder: Path) -> ProviderSource:
    """Where Terraform takes providers from."""
    return provider_source(build_folder)


@pytest.fixture(scope="session")
def terraform_environment(
    localstack: LocalStack,
    aws_accounts: Sequence[Account],
    aws_region: str,
    terraform_providers: ProviderSource,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The environment of Terraform and of any AWS tool, for work on LocalStack."""
    folder = tmp_path_factory.mktemp("aws")
    return environment(folder, localstack.endpoint, aws_accounts, aws_region, terraform_providers)


@pytest.fixture(scope="session")
def offline_environment(
    aws_accounts: Sequence[Account],
    aws_region: str,
    terraform_providers: ProviderSource,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The same without any AWS behind it: for validations, and for plans with mocked providers."""
    folder = tmp_path_factory.mktemp("aws-offline")
    return environment(folder, _CLOSED_ENDPOINT, aws_accounts, aws_region, terraform_providers)


@pytest.fixture
def terraform_workspace(
    request: pytest.FixtureRequest, localstack: LocalStack, terraform_environment: dict[str, str]
) -> Iterator[WorkspaceFactory]:
    """Makes a workspace on LocalStack: `terraform_workspace("examples/single", {"name": "x"})`.

    Arguments of the factory: the folder of a root configuration, relative to `repository`; the input variables;
    `shared`, further folders and files to copy (`modules`); `repository`, if it is another; `timeout` in seconds of one
    command. All workspaces are destroyed after the test, the last one first, however it ended.
    """
    # Without the check, Terraform tries for minutes to destroy what went with a server that died.
    yield from _workspaces(request, terraform_environment, before_destroy=localstack.check)


@pytest.fixture
def offline_workspace(
    request: pytest.FixtureRequest, offline_environment: dict[str, str]
) -> Iterator[WorkspaceFactory]:
    """As `terraform_workspace`, without LocalStack."""
    yield from _workspaces(request, offline_environment)


def _workspaces(
    request: pytest.FixtureRequest,
    env: Mapping[str, str],
    before_destroy: Callable[[], None] = lambda: None,
) -> Iterator[WorkspaceFactory]:
    item: pytest.Item = request.node
    base: Path = request.getfixturevalue("tmp_path")
    made = item.stash.setdefault(_WORKSPACES, [])

    def make(
        configuration: str | Path,
        variables: Mapping[str, Any] | None = None,
        *,
        shared: Sequence[str] = ("modules",),
        repository: Path | None = None,
        timeout: float = _COMMAND_LIMIT,
    ) -> TerraformWorkspace:
        number = len(made) + 1
        logs = base / f"terraform-{number}-logs"
        logs.mkdir()
        root = repository or request.getfixturevalue("repository")
        folder = copy_configuration(
            root,
            Path(configuration),
            base / f"terraform-{number}",
            shared,
            request.getfixturevalue("provider_versions"),
        )
        workspace = TerraformWorkspace(
            str(configuration),
            TerraformCommands(folder, env=env, logs=logs, timeout=timeout),
            variables=variables or {},
            providers=request.getfixturevalue("terraform_providers"),
            timings=request.config.stash[_TIMINGS],
            tell=_tell(request.config),
        )
        made.append(workspace)
        return workspace

    yield make
    failures: list[Exception] = []
    for workspace in reversed(made):
        try:
            if workspace.applied and not is_kept(request, workspace.folder):
                before_destroy()
                workspace.destroy()
        except Exception as error:  # the other workspaces have to be destroyed too
            failures.append(error)
    if failures:
        raise ExceptionGroup("destroy failed", failures)


def is_kept(request: pytest.FixtureRequest, folder: Path) -> bool:
    """Whether a fixture has to leave what it applied: after a failure, with the option `--keep-on-failure`.

    Args:
        request: The fixture's; where its scope is wider than a test, any of the scope's tests may have failed.
        folder: Where the state of what was applied lies; a person is told of it.
    """
    kept: bool = request.node.stash.get(_FAILED, False) and request.config.getoption("keep_on_failure")
    if kept:
        _tell(request.config)(f"kept, not destroyed: {folder}")
    return kept


def _tell(config: pytest.Config) -> Callable[[str], None]:
    """Writes progress to the terminal past pytest's capture; a worker of xdist has no terminal."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    capture = config.pluginmanager.get_plugin("capturemanager")
    if _is_worker(config) or reporter is None or capture is None:
        return lambda _text: None

    def tell(text: str) -> None:
        with capture.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(f"[harness] {text}")

    return tell


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")
