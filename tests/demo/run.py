"""The demo, step by step."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from rich.console import Console

from cdktf_app.packaging.build import build_host_zip
from tests.demo import scenario
from tests.demo.deployment import LOGS, new_workspace, workspace
from tests.demo.kept import Kept
from tests.demo.progress import Steps
from tests.demo.scenario import LINES, LOAD_BALANCER, PREFIX, REGION, SPOKE, Loki
from tests.demo.services import Services, start_services
from tests.demo.show import created_table, lines_table
from tests.harness.aws.clients import AwsClients
from tests.harness.loki.entries import Entry
from tests.harness.loki.query import LokiQuery
from tests.harness.terraform.workspace import TerraformWorkspace
from tests.samples import alb_access

_ARRIVAL_LIMIT = 60.0
_USERNAME = "demo"


class DemoError(RuntimeError):
    """The demo did not get to its end; the message says what was seen, and where to look."""


def run(console: Console, *, keep: bool) -> None:
    """Run the demo.

    Raises:
        DemoError: The lines did not arrive.
        Exception: What the step that failed raises: ServicesError, TerraformError, LokiQueryError, PackagingError.
    """
    steps = Steps(console)
    with steps.step("Package the function for this machine"):
        zip_path = build_host_zip()
    with steps.step("Emit the modules"):
        _emit_modules()
    password = os.environ.get("LOKI_PASSWORD") or secrets.token_hex(8)
    loki_url = os.environ.get("LOKI_URL", "")
    own_loki = not loki_url
    with steps.step("Start LocalStack" + (" and a stand-in for Loki" if own_loki else "")):
        services = start_services(scenario.FOLDER, username=_USERNAME, password=password, with_loki=own_loki)
    kept = False
    try:
        loki = Loki(
            url=services.loki or loki_url,
            username=_USERNAME if own_loki else os.environ.get("LOKI_USERNAME", ""),
            password=password,
            tenant_id=os.environ.get("LOKI_TENANT_ID", ""),
            stand_in=own_loki,
        )
        run_id = scenario.new_run_id()
        terraform = new_workspace(services.localstack, scenario.variables(loki, run_id, zip_path))
        with steps.step("Initialize Terraform"):
            terraform.init()
        try:
            with steps.step(f"Apply the hub in {scenario.HUB.id} and the spoke in {SPOKE.id}", LOGS):
                terraform.apply()
            entries = _send_and_read(steps, terraform, services, loki, run_id)
            console.print()
            console.print(lines_table(entries))
            console.print(created_table(terraform.commands.state_list()))
            if keep:
                Kept(services.process.pid, services.localstack, terraform.variables).save()
                services.keep()
                kept = True
        finally:
            if terraform.applied and not kept:
                with steps.step("Destroy all of it", LOGS):
                    terraform.destroy()
        console.print(steps.table())
        if kept:
            _tell_how_to_go_on(console, services, loki, terraform, run_id)
    finally:
        if not kept:
            services.stop()


def end(console: Console, kept: Kept) -> None:
    """Destroy what a kept demo made, and end its services."""
    steps = Steps(console)
    if kept.is_running():
        terraform = workspace(kept.localstack, kept.variables)
        with steps.step("Destroy all of it", LOGS):
            terraform.destroy()
    with steps.step("End LocalStack and the stand-in for Loki"):
        kept.stop_services()


def _emit_modules() -> None:
    # In a process of its own: CDKTF's Node process would otherwise stay for as long as the demo runs.
    done = subprocess.run(
        [sys.executable, "-m", "cdktf_app.emitter", "write"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DemoError(f"The modules could not be emitted:\n{done.stdout}{done.stderr}")


def _send_and_read(
    steps: Steps, terraform: TerraformWorkspace, services: Services, loki: Loki, run_id: str
) -> list[Entry]:
    outputs = terraform.output()
    end = datetime.now(UTC)
    key = LOAD_BALANCER.key(end, prefix=PREFIX)
    clients = AwsClients(services.localstack, SPOKE, REGION)
    with steps.step(f"Write {LINES} access log lines to s3://{outputs['bucket_name']}/{PREFIX}/AWSLogs/…"):
        clients.s3.put_object(
            Bucket=outputs["bucket_name"],
            Key=key,
            Body=alb_access.gzipped(alb_access.lines(LINES, end, LOAD_BALANCER)),
        )
    query = LokiQuery(loki.url, loki.username, loki.password if loki.username else None, loki.tenant_id)
    begin = end - timedelta(minutes=10)
    with steps.step("Read them back from " + ("the stand-in for Loki" if loki.stand_in else loki.url)):
        entries = query.wait_for(
            scenario.selector(run_id),
            _nanoseconds(begin),
            _nanoseconds(end + timedelta(minutes=1)),
            LINES,
            timeout=_ARRIVAL_LIMIT,
        )
    if len(entries) != LINES:
        raise DemoError(
            f"{len(entries)} of {LINES} lines arrived within {_ARRIVAL_LIMIT:.0f} s.\n"
            f"The function's log:\n{_function_log(services, outputs['log_group_name'])}"
        )
    return entries


def _function_log(services: Services, group: str) -> str:
    logs = AwsClients(services.localstack, scenario.HUB, REGION).logs
    events = logs.filter_log_events(logGroupName=group, limit=40)["events"]
    return "\n".join(event["message"].rstrip() for event in events) or "(empty: it was not invoked)"


def _nanoseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000_000


def _tell_how_to_go_on(
    console: Console, services: Services, loki: Loki, terraform: TerraformWorkspace, run_id: str
) -> None:
    outputs = terraform.output()
    key = LOAD_BALANCER.key(datetime.now(UTC), PREFIX)
    user = (
        f" --user {loki.username}:{loki.password if loki.stand_in else '$LOKI_PASSWORD'}"
        if loki.username
        else ""
    )
    tenant = f" --header 'X-Scope-OrgID: {loki.tenant_id}'" if loki.tenant_id else ""
    console.print("\nIt is kept running. To query the lines:", style="bold")
    console.print(
        f"  curl --get{user}{tenant} --data-urlencode 'query={scenario.selector(run_id)}' \\\n"
        f"    {loki.url}/loki/api/v1/query_range",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    console.print("To send an object of your own, write it below the same key:", style="bold")
    console.print(
        f"  AWS_ACCESS_KEY_ID={SPOKE.id} AWS_SECRET_ACCESS_KEY=test aws --endpoint-url {services.localstack} \\\n"
        f"    --region {REGION} s3 cp my.log.gz s3://{outputs['bucket_name']}/{key}",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    console.print("To end it:", style="bold")
    console.print("  make demo-down\n")
