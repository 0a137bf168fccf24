"""Parliament finds nothing in the policy documents of the scenarios, but what is known to be no fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.modules.documents import documents
from tests.modules.results import Applied
from tests.scans.parliament import Finding, findings

# By issue and what the detail says.
NO_FAULT: dict[tuple[str, str], str] = {}


def known(finding: Finding) -> bool:
    return any(finding.issue == issue and text in finding.detail for issue, text in NO_FAULT)


def test_it_finds_nothing(applied: Applied, scanners: Path) -> None:
    held = [
        (f"{name}: {document.address}", document.document)
        for name, resources in applied.scenarios.items()
        for document in documents(resources)
    ]

    found = findings(scanners, [document for _address, document in held])

    assert len(held) > 100
    told = {
        (address, finding)
        for (address, _document), listed in zip(held, found, strict=True)
        for finding in listed
    }
    assert {(address, finding) for address, finding in told if not known(finding)} == set()
    assert {
        (issue, text)
        for issue, text in NO_FAULT
        if not any(finding.issue == issue and text in finding.detail for _address, finding in told)
    } == set()


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
