"""Times that keep equal lines apart.

Loki keeps one of several lines of a stream that have the same time and the same text. Load balancers state
microseconds, other services seconds, so the nanoseconds are free to tell such lines apart: of lines with the same
time, the first keeps it, and each one after it gets the next nanosecond that is free. That also keeps them in their
order. It depends on nothing but the lines before, so every retry comes to the same times.
"""

from collections import Counter, OrderedDict

# Times of that many lines are remembered at least, and of twice as many at most: about 1 MB, which the processor's
# cache holds. A load balancer's lines are in the order of their times, or nearly so; equal times that are further apart
# are not seen.
_GENERATION = 8_192
# Times that several lines have: of these, the last nanosecond given out is remembered.
_REPEATED = 16_384
# In a group of lines, that many times may be shared before each line is looked at by itself.
_FEW = 16


class DistinctTimes:
    """Makes the times of one source's lines distinct."""

    def __init__(self) -> None:
        self._current: set[int] = set()
        self._previous: set[int] = set()
        # Of a plain dict, the oldest member is found behind the places of all that were removed before it.
        self._last: OrderedDict[int, int] = OrderedDict()
        self._room = _GENERATION

    def adjust(self, times: list[int]) -> list[int]:
        """Return the times, with nanoseconds added where a time was there before. Calls follow the source's order."""
        if len(times) < self._room:
            return self._adjust(times)
        # Generations end after a number of lines that is always the same, wherever a caller's group ends.
        adjusted: list[int] = []
        start = 0
        while start < len(times):
            end = start + self._room
            adjusted += self._adjust(times[start:end])
            start = end
        return adjusted

    def _adjust(self, times: list[int]) -> list[int]:
        group = set(times)
        again = group & self._current | group & self._previous | group & self._last.keys()
        if len(group) < len(times):
            again.update(time for time, count in Counter(times).items() if count > 1)
        if not again:
            self._current |= group
            adjusted = times
        elif self._apart(again, group, times):
            # Few lines share their times: the others are dealt with at once, as if those were not there.
            self._current |= group - again
            adjusted = [self._one(time) if time in again else time for time in times]
        else:
            adjusted = [self._one(time) for time in times]
        self._room -= len(times)
        if self._room == 0:
            self._previous, self._current, self._room = self._current, set(), _GENERATION
        return adjusted

    def _apart(self, again: set[int], group: set[int], times: list[int]) -> bool:
        """Return whether the nanoseconds that these times may get are those of no other line, now or before."""
        if len(again) > _FEW:
            return False
        after: set[int] = set()
        candidates = 0
        for time in again:
            last = self._last.get(time, time)
            count = times.count(time)
            after.update(range(last + 1, last + count + 1))
            candidates += count
        return len(after) == candidates and all(
            after.isdisjoint(known) for known in (group, self._current, self._previous)
        )

    def _one(self, time: int) -> int:
        free = time
        if time in self._current or time in self._previous or time in self._last:
            free = self._last.get(time, time) + 1
            while free in self._current or free in self._previous:
                free += 1
            if len(self._last) >= _REPEATED and time not in self._last:
                self._last.popitem(last=False)
            self._last[time] = free
        self._current.add(free)
        return free
