"""What the demo shows is what Loki and Terraform answered."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.console import Console

from tests.demo.show import created_table, lines_table
from tests.harness.loki.entries import Entry
from tests.samples import alb_access


def _printed(table: object) -> str:
    console = Console(width=160)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def test_a_line_is_shown_with_its_time_status_method_and_path() -> None:
    line = (
        "https 2026-11-23T02:36:18.452148Z app/shop/0123456789abcdef 198.51.100.7:40000 10.0.0.4:8080 0.001 0.002 "
        '0.000 502 - 80 200 "POST https://shop.example.com:443/checkout?x=1 HTTP/2.0" "curl/8.9.1" - -'
    )

    shown = _printed(lines_table([Entry({"job": "x"}, 1_795_401_378_452_148_000, line)]))

    assert "2026-11-23 02:36:18.452148 │ 502    │ POST   │ /checkout?x=1" in shown
    assert "labels: job=x" in shown


def test_a_line_of_another_form_is_shown_as_it_is() -> None:
    assert "no access log" in _printed(lines_table([Entry({}, 0, "no access log")]))


def test_every_sample_line_is_understood() -> None:
    lines = alb_access.lines(200, datetime(2026, 11, 23, tzinfo=UTC))

    shown = _printed(lines_table([Entry({}, number, line) for number, line in enumerate(lines)]))

    assert "│ ?" not in shown


def test_resources_are_counted_by_module_and_type_without_data_sources() -> None:
    shown = _printed(
        created_table(
            [
                "module.hub.aws_subnet.private[0]",
                "module.hub.aws_subnet.public[0]",
                "module.hub.data.aws_region.current",
                "module.spoke.aws_s3_bucket.this",
            ]
        )
    )

    rows = [[cell.strip() for cell in row.split("│")[1:-1]] for row in shown.splitlines() if "│" in row]
    assert rows == [["aws_s3_bucket", "", "1"], ["aws_subnet", "2", ""], ["all", "2", "1"]]
