"""Writes a template as YAML, with the short forms of intrinsic functions."""

from __future__ import annotations

from typing import Any

import yaml

from cdktf_app.modules.alb_onboarding.cloudformation.intrinsics import Call

# One line for each text: a fold would be read as a space.
_WIDTH = 1_000_000


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """CloudFormation's templates have no anchors: what is there twice is written twice."""
        return True


def _represent_call(dumper: yaml.SafeDumper, call: Call) -> yaml.Node:
    node = dumper.represent_data(call.argument)
    node.tag = f"!{call.function}"
    return node


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    # An account's id with a zero in front is a text to PyYAML without quotes, but a number to others.
    style = "|" if "\n" in text else "'" if text.isdigit() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(Call, _represent_call)
_Dumper.add_representer(str, _represent_text)


def yaml_text(template: dict[str, Any]) -> str:
    """Return a template as text."""
    return yaml.dump(
        template,
        Dumper=_Dumper,
        sort_keys=False,
        width=_WIDTH,
        allow_unicode=True,
        # Lists and mappings of single values on one line.
        default_flow_style=None,
    )
