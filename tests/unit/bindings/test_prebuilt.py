"""What is read from an unpacked package of prebuilt bindings, and what is told of another folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cdktf_app.bindings import prebuilt
from cdktf_app.bindings.errors import BindingsError

DECLARATIONS = """\
export interface SqsQueueConfig extends cdktf.TerraformMetaArguments {
    /**
    * Docs at Terraform Registry: {@link https://example.com/docs/resources/sqs_queue#name SqsQueue#name}
    */
    readonly name: string;
    /**
    * Region where this resource will be [managed](https://example.com).
    *
    * Docs at Terraform Registry: {@link https://example.com/docs/resources/sqs_queue#ipv4_ranges SqsQueue#ipv4_ranges}
    */
    readonly ipv4Ranges?: string[];
    /**
    * Docs at Terraform Registry: {@link https://example.com/docs/resources/sqs_queue#tags SqsQueue#tags}
    */
    readonly tags?: {
        [key: string]: string;
    };
    /**
    * rule block
    *
    * Docs at Terraform Registry: {@link https://example.com/docs/resources/sqs_queue#rule SqsQueue#rule}
    */
    readonly rule: SqsQueueRule[] | cdktf.IResolvable;
    /**
    * timeouts block
    *
    * Docs at Terraform Registry: {@link https://example.com/docs/resources/sqs_queue#timeouts SqsQueue#timeouts}
    */
    readonly timeouts?: SqsQueueTimeouts;
}
export interface SqsQueueRule {
    /**
    * Docs at Terraform Registry: {@link https://example.com/docs/resources/sqs_queue#rule_id SqsQueue#rule_id}
    */
    readonly ruleId: string;
}
export interface SqsQueueTimeouts {
    /**
    * Docs at Terraform Registry: {@link https://example.com/docs/resources/sqs_queue#create SqsQueue#create}
    */
    readonly create?: string;
}
"""
CODE = """
class SqsQueueTimeoutsOutputReference extends cdktf.ComplexObject {
    get other() { return this.getStringAttribute('other'); }
}
class SqsQueue extends cdktf.TerraformResource {
    constructor(scope, id, config) {
        this._tagsAll = new cdktf.StringMap(this, "tags_all");
        this._timeouts = new SqsQueueTimeoutsOutputReference(this, "timeouts");
    }
    get arn() { return this.getStringAttribute('arn'); }
    get name() { return this.getStringAttribute('name'); }
}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one type."""
    folder = tmp_path / "package"
    queue = folder / "lib" / "sqs-queue"
    queue.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"cdktf": {"provider": {"version": "6.1.0"}}}))
    (queue / "index.d.ts").write_text(DECLARATIONS)
    (queue / "index.js").write_text(CODE)
    return folder


def test_arguments_blocks_and_attributes_have_the_provider_s_names(package: Path) -> None:
    assert prebuilt.read_package(package, ["aws_sqs_queue"]) == {
        "version": "6.1.0",
        "types": {
            "aws_sqs_queue": {
                "required": ["name"],
                "optional": ["ipv4_ranges", "tags"],
                "computed": ["arn", "tags_all"],
                "blocks": {
                    "rule": {"required": ["rule_id"], "optional": [], "blocks": {}, "is_required": True},
                    "timeouts": {"required": [], "optional": ["create"], "blocks": {}, "is_required": False},
                },
            }
        },
    }


def test_a_type_that_is_not_there_is_named(package: Path) -> None:
    with pytest.raises(BindingsError, match=r"The package has no data\.aws_sqs_queue"):
        prebuilt.read_package(package, ["data.aws_sqs_queue"])


def test_another_folder_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BindingsError, match=r"is not an unpacked package .* `npm pack @cdktf/provider-aws`"):
        prebuilt.read_package(tmp_path, ["aws_sqs_queue"])
