"""Many matters go on side by side; the timetable lets each act when its moment has come, so that the trail is in order.

A story is a generator: it yields the moment at which it wants to go on, and goes on when that moment has come.

    def story() -> Story:
        yield (at := moment(day, 9))
        raise_need(…, at=at)
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush

Story = Generator[datetime, None, None]


def together(stories: Iterable[Iterator[datetime]]) -> Story:
    """Several courses told as one: each goes on when its own moment has come."""
    waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
    for number, story in enumerate(stories):
        for at in story:
            heappush(waiting, (at, number, story))
            break
    while waiting:
        at, number, story = heappop(waiting)
        yield at
        for later in story:
            heappush(waiting, (later, number, story))
            break


class Timetable:
    """Stories in the order of their moments; two at the same moment in the order in which they were added."""

    def __init__(self, end: datetime) -> None:
        self.end = end
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._added = 0

    def add(self, story: Story) -> None:
        self._added += 1
        self._wait(next(story, None), self._added, story)

    def run(self, report: Callable[[int, datetime], None] = lambda *_: None) -> int:
        """Everything before the end; what lies behind it does not happen. How many turns were taken.

        `report` hears before each turn which one it is and at which moment.
        """
        turns = 0
        while self._waiting and self._waiting[0][0] < self.end:
            at, number, story = heappop(self._waiting)
            turns += 1
            report(turns, at)
            self._wait(next(story, None), number, story)
        for _, _, story in self._waiting:
            story.close()
        return turns

    def _wait(self, at: datetime | None, number: int, story: Story) -> None:
        if at is not None:
            heappush(self._waiting, (at, number, story))
