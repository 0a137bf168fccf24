"""The deployment file's fields are the modules' inputs, with the same members and defaults."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, get_args

import hcl2
import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cdktf_app.deployment.account import Account
from cdktf_app.deployment.hub import Hub
from cdktf_app.deployment.spoke import Spoke
from cdktf_app.deployment.strict import Strict
from tests.unit.deployment.module_types import REQUIRED, Member, inputs

# What is not in the file, or is made of other parts of it.
MADE = {"hub": {"loki_credentials", "spokes"}, "spoke": {"hub"}}
# What is in the file, and not for this module.
OTHERS = {"hub": {"region"}, "spoke": {"hub", "tenant_id", "labels", "topic_arn", "prefixes"}}
MODELS: dict[str, type[BaseModel]] = {"hub": Hub, "spoke": Spoke}

LOKI = {"write_address": "https://loki.example.com/loki/api/v1/push"}


@pytest.mark.parametrize("module", MODELS)
def test_the_fields_are_the_inputs(module: str, repository: Path) -> None:
    declared = inputs(repository / "modules" / module)
    fields = MODELS[module].model_fields.keys() - Account.model_fields.keys() - OTHERS[module]

    assert fields == declared.keys() - MADE[module]


@pytest.mark.parametrize("module", MODELS)
def test_members_and_defaults_are_those_of_the_inputs(module: str, repository: Path) -> None:
    declared = inputs(repository / "modules" / module)
    seen = 0
    for name in declared.keys() - MADE[module]:
        seen += _compare(MODELS[module].model_fields[name], declared[name], f"{module}.{name}")

    assert seen > {"hub": 50, "spoke": 20}[module]


def test_a_spoke_gives_its_hub_what_the_hub_asks_for(repository: Path) -> None:
    asked = inputs(repository / "modules/hub")["spokes"].members

    for name, member in asked.items():
        _compare(Spoke.model_fields[name], member, f"hub.spokes.{name}")
    given = {"account_id": "222222222222", "bucket_name": "shop-alb-logs"} | {
        name: member.default for name, member in asked.items() if member.default is not REQUIRED
    }
    assert Spoke.model_validate(given).for_hub().keys() == asked.keys()


@pytest.mark.parametrize("mode", ["queue", "direct"])
def test_a_hub_gives_its_spokes_what_its_module_does(mode: str, repository: Path, tmp_path: Path) -> None:
    hub = Hub.model_validate(
        {
            "account_id": "111111111111",
            "region": "cn-north-1",
            "name": "logs",
            "loki": LOKI,
            "iam": {"path": "/platform/"},
            "ingestion": {"mode": mode},
        }
    )
    module = repository / "modules/hub"
    (output,) = (
        content["value"]
        for output in hcl2.loads((module / "outputs.tf").read_text())["output"]
        for name, content in output.items()
        if name.strip('"') == "for_spokes"
    )
    (all_locals,) = hcl2.loads((module / "locals.tf").read_text())["locals"]
    made = {
        name: all_locals[name].strip('"').replace("var.", "local.var.")
        for name in ("role_arn", "function_arn", "queue_arn", "use_queue")
    }
    made |= {"partition": "aws-cn", "region": hub.region, "account_id": hub.account_id}
    made["var"] = {"name": hub.name, "iam": hub.iam.model_dump(), "ingestion": hub.ingestion.model_dump()}
    (tmp_path / "main.tf.json").write_text(
        json.dumps({"locals": made, "output": {"for_spokes": {"value": output}}})
    )

    for command in (["apply", "-auto-approve"], ["output", "-json", "for_spokes"]):
        done = subprocess.run(
            ["terraform", *command], cwd=tmp_path, check=True, capture_output=True, text=True
        )

    for_spokes = {name: value for name, value in json.loads(done.stdout).items() if value is not None}
    assert hub.for_spokes() == for_spokes


def _compare(field: FieldInfo, declared: Member, path: str) -> int:
    """Compare a field with what it becomes, and what is in it; returns the number of fields that were compared."""
    default = REQUIRED if field.is_required() else _plain(field.get_default())
    assert default == declared.default, path
    model = _model(field.annotation)
    if model is None:
        assert not declared.members, f"{path} has no model of its own"
        return 1
    assert model.model_fields.keys() == declared.members.keys(), path
    return sum(
        _compare(model.model_fields[name], member, f"{path}.{name}")
        for name, member in declared.members.items()
    )


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model that a field is, or that a list or an optional field holds."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model(part))), None)


def _plain(value: Any) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value
