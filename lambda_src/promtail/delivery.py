"""From the lines of one source to Loki: several batches in flight, and an account of which lines are dealt with."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .content.stream import Streams
from .outcome.report import Report
from .push.batch import Batch, Batcher
from .push.progress import Progress, Range
from .push.sender import Sent
from .push.window import Window


class Chunk(NamedTuple):
    """Some lines of a source, ready to be sent.

    Attributes:
        lines: Which lines they are.
        size: Their bytes.
        streams: What they became.
    """

    lines: Range
    size: int
    streams: Streams


class Delivery:
    """Delivers the chunks of sources, one source at a time.

    Args:
        executor: The threads in which batches are sent.
        concurrency: How many batches may be in flight.
        batch_size: Bytes of lines in a batch.
    """

    def __init__(self, executor: ThreadPoolExecutor, concurrency: int, batch_size: int) -> None:
        self._executor = executor
        self._concurrency = concurrency
        self._batch_size = batch_size

    def run(
        self,
        chunks: Iterable[Chunk],
        send: Callable[[Batch], Sent],
        progress: Progress,
        report: Report,
    ) -> Exception | None:
        """Deliver chunks until they end, or a batch cannot be delivered, or reading fails.

        Lines that were read before reading failed are still sent, and whatever is in flight is waited for: `progress`
        and `report` say afterwards what is dealt with.

        Returns:
            Why not all of it is delivered; None if it is.
        """
        window: Window[Batch, Sent] = Window(self._executor, self._concurrency, send)
        batcher = Batcher(self._batch_size)
        push_error: Exception | None = None
        read_error: Exception | None = None

        def note(results: Iterable[Sent]) -> None:
            nonlocal push_error
            for sent in results:
                report.add(sent)
                if sent.error is None:
                    progress.add(*sent.batch.lines)
                push_error = push_error or sent.error

        def flush() -> None:
            batch = batcher.take()
            if batch is None:
                return
            if not batch.pushes:
                note((Sent(batch),))
                return
            note(window.room())
            if push_error is None:  # Else Loki would have to refuse, or to be missed, once more.
                window.submit(batch)

        try:
            for chunk in chunks:
                if not batcher.fits(chunk.lines, chunk.size):
                    flush()
                    if push_error is not None:
                        break
                report.lines_dropped.update(chunk.streams.dropped)
                batcher.add(chunk.lines, chunk.size, chunk.streams.streams)
        except Exception as error:  # A fault of ours must not cost the lines that were read before it either.
            read_error = error
        if push_error is None:
            flush()
        note(window.drain())
        return push_error or read_error
