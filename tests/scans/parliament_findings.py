"""Prints what parliament finds in policies. Run by the scanners' own Python, which has nothing of ours.

A JSON list of policy documents on standard input, a JSON list of lists of findings on standard output, in the same
order: the issue, its detail, and what it is about.
"""

import json
import sys

import parliament

findings = []
for document in json.load(sys.stdin):
    analyzed = parliament.analyze_policy_string(json.dumps(document), include_community_auditors=True)
    findings.append([(found.issue, str(found.detail), str(found.location)) for found in analyzed.findings])
json.dump(findings, sys.stdout)
