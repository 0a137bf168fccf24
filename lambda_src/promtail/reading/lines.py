r"""From blocks of bytes to lines, in bounded memory.

At any time one block and one unfinished line of at most `MAX_LINE_BYTES` are held.
"""

from collections.abc import Iterator

MAX_LINE_BYTES = 1024 * 1024
"""What is held of a line: four times what Loki takes for one by default. Of a longer line the rest is passed over;
what is left is still over every limit that MAX_LINE_SIZE can name, so that it is cut or dropped, and counted, there."""


def split_lines(blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
    r"""Return the lines of a text, a list for each block, without their `\n` or `\r\n`.

    A last line needs no line end. Every line is valid UTF-8, which is all that Loki takes: bytes that are not become
    U+FFFD rather than costing the line.
    """
    rest = b""
    for block in blocks:
        lines = block.split(b"\n")
        lines[0] = rest + lines[0]
        rest = lines.pop()
        if len(rest) > MAX_LINE_BYTES:
            # One byte more than the limit tells later blocks, and who cuts the line, that it was longer.
            rest = rest[: MAX_LINE_BYTES + 1]
        if lines:
            yield _clean(lines, block)
    if rest:
        yield _clean([rest], rest)


def _clean(lines: list[bytes], block: bytes) -> list[bytes]:
    """Mend what must be. Most logs are pure ASCII without carriage returns, which is seen for all lines at once.

    The first line may have begun in the block before.
    """
    if b"\r" in block or b"\r" in lines[0]:
        lines = [line.removesuffix(b"\r") for line in lines]
    if not (block.isascii() and lines[0].isascii()):
        lines = [line if line.isascii() else _valid(line) for line in lines]
    return lines


def _valid(line: bytes) -> bytes:
    return line.decode("utf-8", "replace").encode()
