"""The demo, step by step."""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from cdktf_app.packaging.build import build_host_zip
from tests.demo import kept, scenario
from tests.demo.deployment import logs_folder, new_workspace
from tests.demo.ending import destroy
from tests.demo.errors import DemoError
from tests.demo.kept import Kept
from tests.demo.loki import Loki, loki_from_environment
from tests.demo.progress import Steps
from tests.demo.scenario import LINES, LOAD_BALANCER, PREFIX, REGION, SPOKE
from tests.demo.services import Services, start_services
from tests.demo.show import created_table, lines_table
from tests.harness.aws.clients import AwsClients
from tests.harness.loki.entries import Entry
from tests.harness.terraform.workspace import TerraformWorkspace
from tests.samples import alb_access

_ARRIVAL_LIMIT = 60.0
_USERNAME = "demo"


def run(console: Console, folder: Path, *, keep: bool) -> None:
    """Run the demo, with its files in `folder`.

    Raises:
        DemoError: The lines did not arrive, or not all could be destroyed.
        Exception: What the step that failed raises; see `errors.FAILURES`.
    """
    steps = Steps(console)
    own_loki = loki_from_environment(os.environ)
    if own_loki:
        # A Loki that is down or refuses the credentials is no reason to wait for LocalStack and Terraform.
        with steps.step(f"Ask the Loki at {own_loki.url} for its labels"):
            own_loki.query().labels()
    with steps.step("Package the function for this machine"):
        zip_path = build_host_zip()
    with steps.step("Emit the modules"):
        _emit_modules()
    password = secrets.token_hex(8)
    named = os.environ.get("LOCALSTACK_ENDPOINT")
    localstack = f"Use the LocalStack at {named}" if named else "Start LocalStack"
    with steps.step(localstack + ("" if own_loki else " and a stand-in for Loki")):
        services = start_services(folder, username=_USERNAME, password=password, with_loki=not own_loki)
    is_kept = False
    try:
        loki = own_loki or Loki(services.loki, _USERNAME, password, stand_in=True)
        run_id = scenario.new_run_id()
        terraform = new_workspace(folder, services.localstack, scenario.variables(loki, run_id, zip_path))
        demo = Kept(services.process.pid, services.localstack, services.own_localstack, terraform.variables)
        with steps.step("Initialize Terraform"):
            terraform.init()
        try:
            with steps.step(
                f"Apply the hub in {scenario.HUB.id} and the spoke in {SPOKE.id}", logs_folder(folder)
            ):
                terraform.apply()
            entries = _send_and_read(steps, terraform, services, loki, run_id)
            console.print()
            console.print(lines_table(entries))
            console.print(created_table(terraform.commands.state_list()))
            if keep:
                demo.save(folder)
                services.keep()
                is_kept = True
        finally:
            if terraform.applied and not is_kept:
                destroy(steps, folder, demo, terraform)
        console.print(steps.table())
        if is_kept:
            _tell_how_to_go_on(console, services, loki, terraform, run_id)
    finally:
        if not is_kept:
            services.stop()
            if services.own_localstack:
                kept.forget(folder)


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
    begin = end - timedelta(minutes=10)
    with steps.step("Read them back from " + ("the stand-in for Loki" if loki.stand_in else loki.url)):
        entries = loki.query().wait_for(
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
    user = ""
    if loki.username:
        secret = loki.password if loki.stand_in else '"$LOKI_PASSWORD"'
        user = f" --user {shlex.quote(loki.username)}:{secret}"
    tenant = f" --header {shlex.quote(f'X-Scope-OrgID: {loki.tenant_id}')}" if loki.tenant_id else ""
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
