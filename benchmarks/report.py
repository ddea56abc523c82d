"""The figures as text, and their place in the documentation."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.contenders import FULL, ZICHA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from benchmarks.backlog import Backlog
    from benchmarks.comparison import Comparison, Ratio

BEGIN: Final = "<!-- bench:begin -->"
END: Final = "<!-- bench:end -->"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a figure is worthless without."""

    command: str
    moment: datetime
    load_before: float
    stations: int

    def lines(self, rounds: int) -> Iterator[str]:
        """When, with what, on what."""
        yield f"`{self.command}`, {self.moment:%Y-%m-%d %H:%M} UTC, {rounds} interleaved round{'s' * (rounds > 1)}."
        yield (
            f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
            f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs; "
            f"load average {self.load_before:.1f} before, {os.getloadavg()[0]:.1f} after."
        )


def markdown(comparison: Comparison, backlog: Backlog | None, circumstances: Circumstances) -> str:
    """Everything that was measured, as the documentation shows it."""
    lines = list(circumstances.lines(comparison.rounds))
    for crowd in comparison.crowds:
        lines += ["", *_table(comparison, crowd, circumstances.stations)]
    if backlog is not None:
        lines += ["", *_backlog(backlog)]
    return "\n".join(lines)


def _table(comparison: Comparison, crowd: int, stations: int) -> Iterator[str]:
    yield f"### {crowd} {'person' if crowd == 1 else 'people'}"
    yield ""
    yield "| bot | taps/s | p50 ms | p99 ms | CPU ms a tap | peak MB | zicha is × as fast | zicha's p50 is × as long |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name in comparison.names:
        figures = [
            f"{comparison.median(name, crowd, what):.{places}f}"
            for what, places in (("taps_per_second", 0), ("p50", 1), ("p99", 1), ("processor", 2), ("memory", 0))
        ]
        ratios = ["", ""]
        if name != ZICHA:
            faster = comparison.ratio("taps_per_second", crowd, ZICHA, name)
            ratios = [_ratio(faster), _ratio(comparison.ratio("p50", crowd, ZICHA, name))]
        title = f"zicha with {stations:,} stations in its database" if name == FULL else name
        yield f"| {' | '.join([title, *figures, *ratios])} |"


def _ratio(ratio: Ratio) -> str:
    return f"×{ratio.middle:.2f} ({ratio.low:.2f}–{ratio.high:.2f})"


def _backlog(backlog: Backlog) -> Iterator[str]:
    yield "### After a downtime"
    yield ""
    yield (
        f"{backlog.updates:,} updates of {backlog.people} people waited: worked off, every reply sent, in "
        f"{backlog.seconds:.0f} s ({backlog.updates / backlog.seconds:.0f} a second, {backlog.calls:,} calls), "
        f"at most {backlog.memory:.0f} MB. The order was kept for {backlog.in_order} of {backlog.people} people: "
        "their histories are what a rehearsal of the same updates, one after the other, comes to."
    )


def write(text: str, document: Path) -> None:
    """Put it between the marks of the document; ValueError when it has none."""
    before, begin, rest = document.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{document}: no place marked {BEGIN} … {END}")
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
