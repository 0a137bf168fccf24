"""What the emitter does not understand is an error that names the module, the address and the argument."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdktf_app.emitter.emit import emit
from cdktf_app.emitter.errors import EmitError
from cdktf_app.emitter.module import SynthesizedModule

PATH = "hub/network/this"


def resource(content: dict[str, Any], type_name: str = "aws_s3_bucket", path: str = PATH) -> dict[str, Any]:
    return {"resource": {type_name: {"this": {**content, "//": {"metadata": {"path": path}}}}}}


@pytest.mark.parametrize(
    ("terraform", "message"),
    [
        (resource({"bukket": "b"}), "hub: aws_s3_bucket.this: the provider's schema has no 'bukket' here"),
        (resource({}, "aws_unknown"), "hub: aws_unknown.this: .*make binding TYPE=aws_unknown"),
        (resource({}, path="hub/elsewhere/x"), "hub: aws_s3_bucket.this: made by no construct"),
        (resource({}, path="hub/variables/x"), "hub: aws_s3_bucket.this: the path .* rename"),
        (
            resource({"bucket": "${var.}"}),
            "hub: aws_s3_bucket.this: bucket: cannot read the Terraform expression",
        ),
        (resource({"logging": "${var.x}"}), "'logging' is a block, .* use `dynamic`"),
        (resource({"logging": [{"target": "x"}]}), r"logging\[0\]: the provider's schema has no 'target'"),
        (resource({"provisioner": []}), "'provisioner' is not supported"),
        (resource({"depends_on": ["1 + 2"]}), "depends_on: expected an address"),
        (resource({"lifecycle": {"forever": True}}), "lifecycle: unknown argument 'forever'"),
        (resource({"dynamic": {"bucket": {}}}), 'dynamic "bucket": the provider\'s schema has no block'),
        (resource({"dynamic": {"logging": {"content": {}}}}), "expected for_each, content"),
        (
            {"provider": {"aws": [{}]}},
            "hub: cannot be written to a module: provider; .* the configuration that calls",
        ),
        (
            {"import": [{"to": "aws_vpc.this", "id": "vpc-1"}]},
            "hub: cannot be written to a module: import; .* the configuration that calls",
        ),
        ({"terraform": {"cloud": {}}}, r"hub: terraform\[0\]: unknown argument 'cloud'"),
        ({"variable": {"a": {"typ": "string"}}}, "hub: var.a: unknown argument 'typ'"),
        ({"variable": {"a": {"type": "map("}}}, "hub: var.a: type: cannot read the Terraform expression"),
        ({"variable": {"a": {"validation": [{}]}}}, r"hub: var.a: validation\[0\]: expected a condition"),
        (
            {"output": {"o": {"value": "${a +}"}}},
            "hub: output.o: value: cannot read the Terraform expression",
        ),
        ({"locals": {"l": "${[}"}}, "hub: locals: l: cannot read the Terraform expression"),
        (
            {"//": {"comments": {"locals": {"l": "x"}}}},
            "hub: locals: comments on locals that do not exist: l",
        ),
        (
            {"moved": [{"from": "a b", "to": "c"}]},
            r"hub: moved\[0\]: from: cannot read the Terraform expression",
        ),
    ],
)
def test_the_error_says_where_and_why(
    terraform: dict[str, Any], message: str, provider_schema: dict[str, Any]
) -> None:
    module = SynthesizedModule("hub", "# hub", terraform, (PATH, "hub/variables/x"), Path())
    with pytest.raises(EmitError, match=message):
        emit(module, provider_schema)
