"""Parliament finds nothing in the policy documents of the scenarios, but what is known to be no fault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.modules.documents import documents
from tests.modules.results import Applied
from tests.modules.scenarios import SCENARIOS
from tests.scans.parliament import Finding, findings


@dataclass(frozen=True)
class NoFault:
    """What parliament minds for want of knowledge.

    Attributes:
        issue: Its name for it.
        address: How the addresses of the documents begin.
        detail: What the detail of the finding says, in part.
        reason: Why it is no fault.
    """

    issue: str
    address: str
    detail: str
    reason: str

    def covers(self, address: str, finding: Finding) -> bool:
        """Whether a finding in the document at an address is this."""
        return (
            finding.issue == self.issue and address.startswith(self.address) and self.detail in finding.detail
        )


_UNKNOWN = "UNKNOWN_CONDITION_FOR_ACTION"
NO_FAULT = (
    NoFault("MALFORMED", "aws_iam_role.", "neither Resource nor", "what a role trusts names no resource"),
    NoFault("INVALID_SID", "aws_lambda_permission.", "", "Lambda takes hyphens, which IAM does not"),
    NoFault(
        "NO_VERSION", "aws_vpc_endpoint.", "", "a plan would show a change where EC2 does not give it back"
    ),
    NoFault(
        "RESOURCE_STAR", "aws_vpc_endpoint.", "s3:GetObject", "the role's own policies say which objects"
    ),
    NoFault("RESOURCE_STAR", "output.kms_key_statements", "kms:", "in a key's policy the star is that key"),
    NoFault(
        "MISMATCHED_TYPE", "output.kms_key_statements", "ArnEquals", "the log group in the context is an ARN"
    ),
    NoFault("RESOURCE_STAR", "aws_kms_key.", "kms:", "in a key's policy the star is that key"),
    NoFault(_UNKNOWN, "output.kms_key_statements", "aws:SourceOrgID", "a global key that it does not know"),
    NoFault(_UNKNOWN, "aws_sqs_queue_policy.", "aws:SourceOrgID", "a global key that it does not know"),
    NoFault(
        "RESOURCE_POLICY_PRIVILEGE_ESCALATION",
        "aws_iam_role_policy.function",
        "s3:PutLifecycleConfiguration",
        "a bucket that the onboarding makes gets rid of its logs in time",
    ),
    NoFault(
        "PERMISSIONS_MANAGEMENT_ACTIONS",
        "aws_iam_role_policy.function",
        "",
        "to change bucket policies is what the onboarding is for, and the bucket that it makes is to be private",
    ),
    NoFault("PERMISSIONS_MANAGEMENT_ACTIONS", "aws_kms_key.", "", "the account administers its key"),
    NoFault(
        "RESOURCE_POLICY_PRIVILEGE_ESCALATION",
        "aws_iam_role_policy.function",
        "s3:PutBucketPolicy",
        "to change bucket policies is what the onboarding is for; iam.bucket_names says whose",
    ),
    NoFault(
        _UNKNOWN,
        "aws_iam_role_policy.network",
        "lambda:SourceFunctionArn",
        "Lambda sets it in every call of a function's code, whatever the service",
    ),
)


def test_it_finds_nothing(applied: Applied, scanners: Path) -> None:
    held = [
        document
        for name, resources in applied.scenarios.items()
        for document in documents(SCENARIOS[name].module, resources)
    ]

    found = {
        (document.address, finding)
        for document, listed in zip(held, findings(scanners, [one.document for one in held]), strict=True)
        for finding in listed
    }

    assert len(held) > 100
    assert {one for one in found if not any(known.covers(*one) for known in NO_FAULT)} == set()
    assert [known for known in NO_FAULT if not any(known.covers(*one) for one in found)] == []


def test_it_finds_what_is_wrong(scanners: Path) -> None:
    def policy(**members: Any) -> dict[str, Any]:
        statement = {
            "Effect": "Allow",
            "Action": "sqs:SendMessage",
            "Resource": "arn:aws:sqs:eu-west-1:111111111111:q",
        }
        return {"Version": "2012-10-17", "Statement": [statement | members]}

    good, unknown, mismatch = findings(
        scanners, [policy(), policy(Action="sqs:Send"), policy(Resource="arn:aws:s3:::bucket")]
    )

    assert good == []
    assert [finding.issue for finding in unknown] == ["UNKNOWN_ACTION"]
    assert [finding.issue for finding in mismatch] == ["RESOURCE_MISMATCH"]
