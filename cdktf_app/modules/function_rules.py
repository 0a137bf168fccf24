"""Rules of the input `function` of the modules that make one."""

from __future__ import annotations

from cdktf_app.modules.inputs import Validation
from cdktf_app.modules.validations import is_one_of, is_whole_number, matches

LOG_FORMAT = Validation(
    is_one_of(("Text", "JSON"), "var.function.log_format"), "function.log_format must be Text or JSON."
)


def function_rules(shortest_timeout: int) -> tuple[Validation, ...]:
    """Make the rules of architecture, memory, timeout (in seconds) and runtime."""
    return (
        Validation(
            is_one_of(("arm64", "x86_64"), "var.function.architecture"),
            "function.architecture must be arm64 or x86_64.",
        ),
        Validation(
            is_whole_number("var.function.memory_size", 128, 10240),
            "function.memory_size must be a whole number from 128 to 10240 (MB).",
        ),
        Validation(
            is_whole_number("var.function.timeout", shortest_timeout, 900),
            f"function.timeout must be a whole number from {shortest_timeout} to 900 (seconds), Lambda's limit.",
        ),
        Validation(
            matches("^python3[.](1[1-9])$", "var.function.runtime"),
            "function.runtime must be a Python runtime of Lambda, python3.11 or newer.",
        ),
    )
