"""Values from many lines."""

from collections.abc import Collection

from .fields import STATUS_CLASS, Layout
from .pattern import delimiter_pattern, is_quoted, line_pattern, value_pattern

MAX_VALUE_BYTES = 4096
# Loki takes 64 KiB of structured metadata for a line. The rest is for names, and for what others attach.
# https://grafana.com/docs/loki/latest/configure/#limits_config (max_structured_metadata_size)
MAX_ROW_BYTES = 48 * 1024

Row = tuple[bytes, ...]


class Extractor:
    r"""Takes chosen values from the lines of one kind of log, all of a line's at once.

    Values are as they stand in the line, but for two things: a quote is no longer escaped (`\"`), and the status class
    is `5xx` and the like. A value that a line does not have is empty. A line that breaks off, or that is not formed
    like the kind's lines, has the values of the fields before that.

    Attributes:
        names: The chosen names that the kind has, in the line's order.
    """

    def __init__(self, layout: Layout, names: Collection[str], *, complete: bool = False) -> None:
        """Prepare for lines.

        Args:
            layout: The kind's lines.
            names: The values to take. At least one must be of this kind.
            complete: Take nothing from a line that has fewer fields than the oldest lines of the kind, or that is not
                formed like the kind's lines up to its end. The names must include ADDITIONAL_FIELDS then.
        """
        chosen = frozenset(names)
        self.names = tuple(name for name in layout.names if name in chosen)
        self._match = line_pattern(layout, chosen).match
        self._layout = layout
        # The patterns of fields are seldom needed, so they are not made before.
        self._slow: _FieldByField | None = None
        self._complete = complete
        self._quoted = [is_quoted(field) for field in layout.fields for name in field.names if name in chosen]
        self._status_class = self.names.index(STATUS_CLASS) if STATUS_CLASS in chosen else None

    def rows(self, texts: list[bytes]) -> list[Row]:
        """Return each line's values, in the order of `names`."""
        match = self._match
        if any(self._quoted):
            rows = [
                (found.groups(b"") if b'\\"' not in text else self._unescaped(found.groups(b"")))
                if (found := match(text))
                else self._read_slowly(text)
                for text in texts
            ]
        else:
            rows = [
                found.groups(b"") if (found := match(text)) else self._read_slowly(text) for text in texts
            ]
        if self._status_class is not None:
            rows = [_with_class(row, self._status_class) for row in rows]
        return rows

    def limited_rows(self, texts: list[bytes]) -> list[Row]:
        """Return each line's values, cut so that Loki takes them as structured metadata.

        A value is cut at the end of a character, at 4 KiB, or at less where more than 12 values are chosen.
        """
        limit = min(MAX_VALUE_BYTES, MAX_ROW_BYTES // len(self.names))
        rows = self.rows(texts)
        if texts and max(map(len, texts)) > limit:
            rows = [
                row if len(text) <= limit else tuple([_cut(value, limit) for value in row])
                for row, text in zip(rows, texts, strict=True)
            ]
        return rows

    def _unescaped(self, row: Row) -> Row:
        return tuple(
            [
                value.replace(b'\\"', b'"') if quoted else value
                for value, quoted in zip(row, self._quoted, strict=True)
            ]
        )

    def _read_slowly(self, text: bytes) -> Row:
        if self._slow is None:
            self._slow = _FieldByField(self._layout, self.names)
        return self._slow.read(text, complete=self._complete)


def _with_class(row: Row, index: int) -> Row:
    digit = row[index]
    return (*row[:index], digit + b"xx", *row[index + 1 :]) if digit else row


def _cut(value: bytes, limit: int) -> bytes:
    if len(value) <= limit:
        return value
    while limit and value[limit] & 0xC0 == 0x80:  # In the middle of a UTF-8 character.
        limit -= 1
    return value[:limit]


class _FieldByField:
    """Reads a line field by field, for lines that the pattern of the whole line does not match."""

    def __init__(self, layout: Layout, names: tuple[str, ...]) -> None:
        self._empty = (b"",) * len(names)
        self._minimum = layout.minimum
        chosen = frozenset(names)
        self._fields = []
        start = 0
        for field in layout.fields:
            end = start + len(chosen.intersection(field.names))
            value = value_pattern(field, chosen).match if end > start else None
            self._fields.append((delimiter_pattern(field).match, is_quoted(field), value, slice(start, end)))
            start = end

    def read(self, text: bytes, *, complete: bool) -> Row:
        """Return a line's values; only empty ones if it must be complete and is not."""
        values = list(self._empty)
        position = count = 0
        for delimit, quoted, match_value, where in self._fields:
            field = delimit(text, position)
            if field is None:
                return self._empty if complete else tuple(values)
            count += 1
            if match_value:
                content = field[1].replace(b'\\"', b'"') if quoted else field[1]
                if found := match_value(content):
                    values[where] = found.groups(b"")
            position = field.end() + 1
            if position > len(text):
                break
        return self._empty if complete and count < self._minimum else tuple(values)
