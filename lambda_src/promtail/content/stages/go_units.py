"""Durations and sizes as Go programs write them."""

import re
from fractions import Fraction

# https://pkg.go.dev/time#ParseDuration
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_DURATION = re.compile(r"([+-]?)((?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)")
_PART = re.compile(r"([0-9.]+)([^0-9.]+)")
# https://pkg.go.dev/github.com/c2h5oh/datasize, with which Promtail reads sizes.
_SIZE = re.compile(r"([0-9]+)\s*([a-zA-Z]*)")
_BITS = frozenset(("Kb", "Mb", "Gb", "Tb", "Pb", "Eb"))
_UNITS = "kmgtpe"


def parse_duration(text: str) -> int:
    """Return the nanoseconds of a duration such as `1h30m`, `1.5h` or `0`.

    Raises:
        ValueError: It is none.
    """
    if re.fullmatch(r"[+-]?0", text):
        return 0
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    total = sum(int(Fraction(number) * _NANOSECONDS[unit]) for number, unit in _PART.findall(match[2]))
    if total >= 2**63:
        raise ValueError(text)
    return -total if match[1] == "-" else total


def parse_size(text: str) -> int:
    """Return the bytes of a size such as `8kb`, `1MB` or `10000`. A kilobyte has 1024 bytes.

    Raises:
        ValueError: It is none.
    """
    match = _SIZE.fullmatch(text)
    if match is None or match[2] in _BITS:
        raise ValueError(text)
    unit = match[2].lower()
    if unit in ("", "b"):
        factor = 1
    elif unit[0] in _UNITS and unit[1:] in ("", "b"):
        factor = 1024 ** (_UNITS.index(unit[0]) + 1)
    else:
        raise ValueError(text)
    if (size := int(match[1]) * factor) >= 2**64:
        raise ValueError(text)
    return size
