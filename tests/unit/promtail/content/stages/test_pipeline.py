"""The pipeline as a whole: how it is read, and how an entry goes through it."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from promtail.content.stages import Pipeline, parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError


def pipeline(*stages: dict[str, Any]) -> Pipeline:
    return parse_stage_configs(json.dumps(stages))


def test_an_empty_list_changes_nothing() -> None:
    entry = Entry(1, "line", {"a": "b"})
    assert pipeline().process(entry) is None
    assert (entry.timestamp_ns, entry.line, entry.labels, entry.metadata) == (1, "line", {"a": "b"}, {})


def test_the_first_stage_finds_the_labels_among_the_extracted_values() -> None:
    entry = Entry(1, "line", {"__aws_s3_lb": "shop"})
    pipeline({"labels": {"load_balancer": "__aws_s3_lb"}}).process(entry)
    assert entry.labels == {"__aws_s3_lb": "shop", "load_balancer": "shop"}


def test_after_a_drop_no_stage_runs() -> None:
    entry = Entry(1, "line", {})
    reason = pipeline({"drop": {"expression": "line"}}, {"static_labels": {"a": "b"}}).process(entry)
    assert (reason, entry.labels) == ("drop_stage", {})


def test_an_example_with_many_stages_works_together() -> None:
    stages = pipeline(
        {
            "json": {
                "expressions": {
                    "time": "",
                    "level": "",
                    "msg": "message",
                    "org": "tenant",
                    "trace": "ids.trace",
                }
            }
        },
        {"drop": {"source": "level", "value": "debug", "drop_counter_reason": "too_chatty"}},
        {"labels": {"level": ""}},
        {"structured_metadata": {"trace_id": "trace"}},
        {"timestamp": {"source": "time", "format": "RFC3339Nano"}},
        {"tenant": {"source": "org"}},
        {"match": {"selector": '{level="error"}', "stages": [{"static_labels": {"alert": "yes"}}]}},
        {"replace": {"source": "msg", "expression": "password=(\\S+)", "replace": "***"}},
        {"output": {"source": "msg"}},
        {"labelallow": ["level", "alert"]},
    )
    line = {
        "time": "2025-06-02T10:04:00.000000001Z",
        "level": "error",
        "message": "login password=hunter2 failed",
        "tenant": "shop",
        "ids": {"trace": 7},
    }
    entry = Entry(1, json.dumps(line), {"job": "x"})
    assert stages.process(entry) is None
    assert entry.line == "login password=*** failed"
    assert entry.labels == {"level": "error", "alert": "yes"}
    assert entry.metadata == {"trace_id": "7"}
    assert entry.tenant == "shop"
    assert entry.timestamp_ns == 1_748_858_640_000_000_001
    assert stages.process(Entry(1, json.dumps(line | {"level": "debug"}), {})) == "too_chatty"


@pytest.mark.parametrize(
    "name",
    ["cri", "decolorize", "docker", "eventlogmessage", "geoip", "metrics", "multiline", "pack", "template"],
)
def test_stages_of_promtail_that_are_not_here_are_refused_by_name(name: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 2 \({name}\): the stage '{name}' is not supported"):
        pipeline({"json": {"expressions": {"a": ""}}}, {name: {}})


def test_other_names_are_unknown() -> None:
    message = r"LOKI_STAGE_CONFIGS, stage 1 \(jsn\): the stage 'jsn' is unknown. Supported are drop, json, .*timestamp"
    with pytest.raises(ConfigurationError, match=message):
        pipeline({"jsn": {}})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "LOKI_STAGE_CONFIGS is not valid JSON"),
        ("[" * 100_000, "LOKI_STAGE_CONFIGS is not valid JSON"),
        (r'[{"static_labels": {"a": "\ud800"}}]', "LOKI_STAGE_CONFIGS is not valid JSON"),
        ("{}", "LOKI_STAGE_CONFIGS, it is an object. It must be a JSON list of stages"),
        ("[5]", "LOKI_STAGE_CONFIGS, stage 1: it has no object but a number"),
        ('[{"json": {}, "drop": {}}]', "LOKI_STAGE_CONFIGS, stage 1: it has 2 members"),
        ("[{}]", "LOKI_STAGE_CONFIGS, stage 1: it has 0 members"),
        ('[{"output": []}]', "LOKI_STAGE_CONFIGS, stage 1 (output): its configuration is []"),
        (
            '[{"match": {"selector": "{a=\\"b\\"}", "stages": [{"output": {"source": "x"}}, {"regex": {}}]}}]',
            "LOKI_STAGE_CONFIGS, stage 1 (match) > stage 2 (regex): expression is not set",
        ),
        (
            '[{"match": {"selector": "{a=\\"b\\"}", "stages": {"output": {}}}}]',
            "LOKI_STAGE_CONFIGS, stage 1 (match): stages is an object",
        ),
        (
            '[{"json": {"expresions": {"a": ""}}}]',
            "stage 1 (json): the member 'expresions' is unknown. Allowed are expressions, source, drop_malformed",
        ),
    ],
)
def test_what_is_no_list_of_stages_is_refused_with_its_place(value: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(message)):
        parse_stage_configs(value)


def test_a_stage_that_is_not_asked_for_is_not_imported() -> None:
    code = (
        "import sys\n"
        "from promtail.content.stages import parse_stage_configs\n"
        'parse_stage_configs(\'[{"output": {"source": "a"}}]\')\n'
        "print(*(name for name in sys.modules if name.startswith(('jmespath', 'boto')) or name.endswith('go_time')))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "lambda_src"},
    )
    assert result.stdout.strip() == ""
