"""The command: looks, shows what would be done, asks, and does it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.prompt import Confirm

from onboarding.action import Action
from onboarding.answer import answer
from onboarding.aws import Clients
from onboarding.cli import options
from onboarding.cli.options import Format, LogKind, OnDestroyChoice
from onboarding.cli.progress import progress_bar
from onboarding.cli.table import tables
from onboarding.errors import SettingsError
from onboarding.place import find_place
from onboarding.report import Report
from onboarding.run import perform
from onboarding.settings import Place, Settings
from onboarding.settings_reader import read_settings
from onboarding.state.last_failure import LastFailure

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

# Of a table in a file or a pipe, which say nothing of their width.
_WIDTH = 160


@app.command()
def onboard(
    arn: options.Arns = None,
    name: options.Names = None,
    name_pattern: options.NamePatterns = None,
    tag: options.Tags = None,
    select_all: options.All = False,
    logs: options.Logs = None,
    bucket: options.Bucket = "",
    create: options.Create = True,
    prefix: options.Prefix = "",
    expiration_days: options.ExpirationDays = 30,
    elb_account_id: options.ElbAccountId = "",
    force: options.Force = False,
    reader: options.Readers = None,
    organization_id: options.OrganizationId = "",
    hub_role_arn: options.HubRoleArn = "",
    hub_queue_arn: options.HubQueueArn = "",
    hub_function_arn: options.HubFunctionArn = "",
    topic_arn: options.TopicArn = "",
    onboarding: options.Onboarding = "alb-onboarding-cli",
    take_over: options.TakeOver = False,
    profile: options.Profile = None,
    region: options.Region = None,
    dry_run: options.DryRun = False,
    destroy: options.Destroy = False,
    on_destroy: options.OnDestroyOption = OnDestroyChoice.RESTORE,
    yes: options.Yes = False,
    output: options.FormatOption = Format.TABLE,
) -> None:
    """Switch on the logs of Application Load Balancers that already exist.

    The options say what is wanted in the end, of all of the onboarding: what an earlier run has onboarded, and this one
    no longer selects, is put back to what it was before. It shows what it would do, and asks before it changes
    anything. What it has found and done is remembered in Parameter Store, below /alb-loki, so that it can be taken back
    by --destroy, from any workstation.

    The exit code is 1 when something has failed or was refused: the rest is done, and running again finishes the work.

    For example:

    - `python -m onboarding --name-pattern 'shop-*' --profile shop --dry-run`
    - `python -m onboarding --all --reader arn:aws:iam::222222222222:root`
    - `python -m onboarding --destroy`
    """
    selection = {
        "arns": arn or [],
        "names": name or [],
        "name_patterns": name_pattern or [],
        "tags": options.tags(tag or []),
        "all": select_all,
    }
    if not (destroy or any(selection.values())):
        raise typer.BadParameter("Nothing is selected: give --arn, --name, --name-pattern, --tag or --all.")
    if destroy and any(selection.values()):
        raise typer.BadParameter("--destroy takes all of the onboarding back: leave the selection out.")
    if not (yes or dry_run or sys.stdin.isatty()):
        raise typer.BadParameter(
            "Nobody can be asked here whether to go on: give --yes to do it, or --dry-run to look."
        )
    request = {
        "name": onboarding,
        "selection": {"all": True} if destroy else selection,
        "logs": {str(kind): kind in (logs or [LogKind.ACCESS]) for kind in LogKind},
        "bucket": {
            "name": bucket,
            "create": create,
            "prefix": prefix,
            "expiration_days": expiration_days,
        },
        "readers": {"arns": reader or [], "organization_id": organization_id},
        "topic_arn": topic_arn,
        "hub": options.hub(hub_role_arn, hub_queue_arn, hub_function_arn),
        "elb_account_id": elb_account_id,
        "force": force,
        "on_destroy": str(on_destroy),
        "dry_run": dry_run,
    }
    try:
        settings = read_settings(request)
        run = _Run(
            Action.DELETE if destroy else Action.UPDATE,
            boto3.Session(profile_name=profile, region_name=region),
        )
        if not (dry_run or take_over):
            run.check_owner(settings)
        if not (dry_run or yes):
            run.ask(settings)
        report = run.do(settings)
    except SettingsError as error:
        raise typer.BadParameter(str(error)) from None
    except (BotoCoreError, ClientError) as error:
        typer.secho(f"AWS: {error}", fg=typer.colors.RED, err=True)
        raise typer.Exit(1) from None
    _show(report, output)
    if report.failures:
        raise typer.Exit(1)


class _Run:
    """Runs for one action in one place. People are told on standard error; standard output is for the report."""

    def __init__(self, action: Action, session: boto3.Session) -> None:
        if session.region_name is None:
            raise SettingsError("There is no region: give --region, or a profile that has one.")
        self._action = action
        self._clients = Clients(session)
        self._place: Place = find_place(self._clients)
        self._console = Console(stderr=True)

    def do(self, settings: Settings) -> Report:
        """Do it."""
        with progress_bar(self._console) as tell:
            return perform(self._action, settings, self._clients, self._place, progress=tell)

    def check_owner(self, settings: Settings) -> None:
        """Refuse an onboarding of Terraform's or CloudFormation's, which share what they remember with this one.

        Raises:
            typer.BadParameter: It is one.
        """
        if LastFailure(self._clients.ssm, settings.name).is_there():
            raise typer.BadParameter(
                f"The onboarding {settings.name!r} belongs to Terraform or CloudFormation, whose work this would undo. "
                "Choose another name; or, where the state or stack that made it is lost, give --take-over.",
                param_hint="--onboarding",
            )

    def ask(self, settings: Settings) -> None:
        """Show what would be done, and end unless somebody agrees.

        Raises:
            typer.Abort: Nobody does.
        """
        for part in tables(self.do(replace(settings, dry_run=True))):
            self._console.print(part)
        question = f"Do this in account {self._place.account_id}, {self._place.region}?"
        # Not typer's own, which writes to standard output a little, too.
        if not Confirm.ask(question, console=self._console, default=False):
            raise typer.Abort


def _show(report: Report, output: Format) -> None:
    if output is Format.JSON:
        typer.echo(json.dumps(answer(report), indent=2, ensure_ascii=False))
        return
    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH
    for part in tables(report):
        console.print(part)
