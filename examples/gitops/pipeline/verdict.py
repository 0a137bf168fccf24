"""Says what checkov has found by the policies, and fails if it found anything or did not look at all of them.

Usage: `python3 pipeline/verdict.py <number of policies>`, with checkov's JSON report as its input.
"""

import json
import sys


def main() -> int:
    """Print the verdict; returns the exit code."""
    policies = int(sys.argv[1])
    report = json.load(sys.stdin)
    # Where there is nothing to check, the report is a summary without results.
    results = report.get("results", {})
    failed = results.get("failed_checks", [])
    for check in failed:
        print(check["check_id"], check["check_name"])
        for finding in check["details"]:
            print("  -", finding)
    judged = {check["check_id"] for check in [*results.get("passed_checks", []), *failed]}
    if len(judged) != policies:
        print(f"Only {len(judged)} of {policies} policies were looked at: has the configuration a provider?")
        return 1
    if failed:
        return 1
    print(f"All {policies} policies are kept.")
    return 0


sys.exit(main())
