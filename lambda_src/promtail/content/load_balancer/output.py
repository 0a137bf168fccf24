"""Lines as JSON or logfmt."""

import re
from json.encoder import encode_basestring

from .extract import Extractor
from .fields import NUMERIC, STATUS_CLASS, Layout, Shape

# What JSON takes as a number (RFC 8259, section 6).
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?")
# What logfmt takes without quotes (https://pkg.go.dev/github.com/go-logfmt/logfmt).
_BARE = re.compile(r'[^\x00-\x20"=\x7f\ufffd]++')


class Formatter:
    """Writes the lines of one kind of log as JSON objects or in logfmt.

    Every part of a line is there once: an endpoint as address and port, the request as method, url and protocol. Where
    one of these cannot be divided, it is there whole. What a line does not have is left out. In JSON, numbers are
    numbers, with the digits that they have in the line.

    A line that has fewer fields than the oldest lines of the kind, or breaks off before that, stays as it is.
    """

    def __init__(self, layout: Layout, *, as_json: bool) -> None:
        """Prepare for lines, to be written as JSON or else as logfmt."""
        # What can be made of other values: the class of the status, the parts of the URL.
        repeated = {STATUS_CLASS, "host", "path", "query"}
        self._extractor = Extractor(layout, frozenset(layout.names) - repeated, complete=True)
        names = self._extractor.names
        instead = {
            field.names[0]: "url" if field.shape is Shape.REQUEST else field.names[1]
            for field in layout.fields
            if field.shape in (Shape.REQUEST, Shape.ENDPOINT)
        }
        # A whole is left out where its part is there. Nothing stands in the place behind the last, so a value that
        # has no parts is never left out.
        self._columns = [
            (
                f'"{name}":'.encode() if as_json else f"{name}=".encode(),
                name in NUMERIC,
                names.index(instead[name]) if name in instead else len(names),
            )
            for name in names
        ]
        self._as_json = as_json

    def format(self, texts: list[bytes]) -> list[bytes]:
        """Return the lines in the new form."""
        write = self._json if self._as_json else self._logfmt
        rows = self._extractor.rows(texts)
        return [write((*row, b"")) if any(row) else text for row, text in zip(rows, texts, strict=True)]

    def _json(self, row: tuple[bytes, ...]) -> bytes:
        members = [
            prefix + (value if numeric and _NUMBER.fullmatch(value) else _quote(value))
            for (prefix, numeric, part), value in zip(self._columns, row, strict=False)
            if value and not row[part]
        ]
        return b"{" + b",".join(members) + b"}"

    def _logfmt(self, row: tuple[bytes, ...]) -> bytes:
        return b" ".join(
            [
                prefix + (value if _BARE.fullmatch(value.decode(errors="replace")) else _quote(value))
                for (prefix, _, part), value in zip(self._columns, row, strict=False)
                if value and not row[part]
            ]
        )


def _quote(value: bytes) -> bytes:
    return encode_basestring(value.decode(errors="replace")).encode()
