"""Regular expressions that take chosen values from a line in one match.

They are linear in the length of a line: every repetition is possessive, in an atomic group, or bounded.
"""

import re

from .fields import Field, Layout, Shape

# An address as Elastic Load Balancing writes it; 45 characters is the longest form of IPv6.
ADDRESS = "[0-9a-fA-F.:]{2,45}"
# Quoted text whose escaped quotes have one backslash: faster than looking at every character for a backslash.
_PLAINLY_QUOTED = r'[^"]*+(?:(?<=[^\\]\\)"[^"]*+)*+(?<!\\)'
_QUOTED = rf'(?>{_PLAINLY_QUOTED}(?=")|[^"\\]*+(?:\\.[^"\\]*+)*+)'
_AFTER_FIELD = "(?![^ ])"


def value_pattern(field: Field, names: frozenset[str]) -> re.Pattern[bytes]:
    """Compile what a field's content, without quotes and escapes, is to be matched with.

    Its groups are the chosen values, in the field's order; a group without a match is an absent value.
    """
    content = _content(field, names, anything=".", end=r"\Z", part="[^ ]", path="[^? ]")
    return re.compile(content.encode(), re.DOTALL)


def line_pattern(layout: Layout, names: frozenset[str]) -> re.Pattern[bytes]:
    """Compile what a line is to be matched with, up to its last chosen value.

    Its groups are the chosen values, in the line's order; a group without a match is an absent value. In quoted
    values, quotes are still escaped. A few lines that can be read do not match: those that have an escaped
    quote in the request, or a backslash before a quote that is escaped or is the end.
    """
    fields = _up_to_last(layout, [bool(names.intersection(field.names)) for field in layout.fields])
    return _join(layout, [_in_line(field, names) for field in fields])


def field_pattern(layout: Layout, titles: frozenset[str]) -> re.Pattern[bytes]:
    """Compile what a line is to be matched with to find whole fields.

    Lines that have fewer fields than the oldest lines of the kind do not match: in a line that lacks a field, another
    one would be taken for it. The groups are the contents of the chosen fields as they stand in the line, without the
    quotes around them.
    """
    chosen = [field.title in titles or index < layout.minimum for index, field in enumerate(layout.fields)]
    fields = _up_to_last(layout, chosen)
    patterns = []
    for field in fields:
        content = _QUOTED if is_quoted(field) else "[^ ]*+"
        content = f"({content})" if field.title in titles else content
        patterns.append(f'"{content}"' if is_quoted(field) else content)
    return _join(layout, patterns)


def delimiter_pattern(field: Field) -> re.Pattern[bytes]:
    """Compile what one field of a line is to be matched with. Its group is the content, without quotes."""
    if field.shape is Shape.REST:
        return re.compile(rb"(.++)", re.DOTALL)
    content = f'"({_QUOTED})"' if is_quoted(field) else "([^ ]*+)"
    return re.compile((content + _AFTER_FIELD).encode(), re.DOTALL)


def is_quoted(field: Field) -> bool:
    """Say whether a field stands in quotes."""
    return field.shape in (Shape.QUOTED, Shape.REQUEST)


def _up_to_last(layout: Layout, chosen: list[bool]) -> tuple[Field, ...]:
    return layout.fields[: max(index for index, is_chosen in enumerate(chosen) if is_chosen) + 1]


def _join(layout: Layout, patterns: list[str]) -> re.Pattern[bytes]:
    """Put a space between fields. Where old lines end, and after every field from there on, a line may end."""
    required, optional = patterns[: layout.minimum], patterns[layout.minimum :]
    joined = " ".join(required) + "".join(rf"(?:\Z| {pattern}" for pattern in optional)
    return re.compile((joined + _AFTER_FIELD + ")" * len(optional)).encode(), re.DOTALL)


def _in_line(field: Field, names: frozenset[str]) -> str:
    if field.shape is Shape.REST:
        return "(.++)"
    if not is_quoted(field):
        return _content(field, names, anything="[^ ]", end=_AFTER_FIELD, part="[^ ]", path="[^? ]")
    if not names.intersection(field.names):
        return f'"{_PLAINLY_QUOTED}"'
    if field.shape is Shape.QUOTED:
        return f'"(?>-(?=")|({_PLAINLY_QUOTED}))"'
    content = _content(field, names, anything='[^"]', end='(?=")', part='[^ "]', path='[^? "]')
    return rf'"{content}(?<!\\)"'


def _content(field: Field, names: frozenset[str], *, anything: str, end: str, part: str, path: str) -> str:
    """Return the pattern of a field's content.

    Args:
        field: The field.
        names: The chosen values.
        anything: What a character of the content can be.
        end: What stands at the end of the content.
        part: What a character of a request's parts can be.
        path: The same, before the query.
    """

    def group(name: str, pattern: str) -> str:
        return f"({pattern})" if name in names else f"(?:{pattern})"

    if not names.intersection(field.names):
        return f"{anything}*+"
    first = field.names[0]
    match field.shape:
        case Shape.NUMBER:
            return f"(?>-1?{end}|({anything}*+))"
        case Shape.STATUS:
            digits = "([1-5])[0-9]{2}" if len(names.intersection(field.names[1:])) else "[1-5][0-9]{2}"
            return f"(?>-1?{end}|{group(first, f'(?>{digits}{end}|{anything}*+)')})"
        case Shape.ENDPOINT:
            _, ip, port = field.names
            endpoint = rf"\[?+{group(ip, ADDRESS)}\]?+:{group(port, '[0-9]{1,5}')}{end}"
            return f"(?>-{end}|{group(first, f'(?>{endpoint}|{anything}*+)')})"
        case Shape.REQUEST:
            method = f"(?>-(?= )|{group('method', f'{part}++')}) "
            host = group("host", r"(?>[^/:?\" \[]++|\[[0-9a-fA-F:.]++\])")
            # AWS writes `- http://host:80- -` when it cannot read a request: the dash is where a path would be.
            parts = rf"(?>-(?= )|{group('path', f'{path}*+')})(?:\?{group('query', f'{part}*+')})?+"
            url = group("url", rf"[a-z0-9]++://{host}(?::[0-9]*+)?+{parts}")
            protocol = f" (?>-{end}|{group('protocol', f'{part}++')}){end}"
            return f"(?>-(?: - - ?)?{end}|{group(first, f'(?>{method}{url}{protocol}|{anything}*+)')})"
        case _:
            return f"(?>-{end}|({anything}*+))"
