"""The figures as text, and their place in the documentation."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.comparison import Ratio
from benchmarks.contenders import FULL, ZICHA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from benchmarks.backlog import Backlog
    from benchmarks.comparison import Comparison
    from benchmarks.papers import Papers, Run
    from benchmarks.processes import Sharing

BOTS: Final = "bench"
PROCESSES: Final = "processes"
PAPERS: Final = "papers"
"""The sections of the document that are written anew; each stands between two marks."""


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


def shared(sharing: Sharing, circumstances: Circumstances) -> str:
    """Several processes on one server, beside one on a file."""
    return "\n".join([*circumstances.lines(sharing.rounds), "", *_sharing(sharing)])


def _sharing(sharing: Sharing) -> Iterator[str]:
    yield "| processes | taps/s | p50 ms | p99 ms | CPU ms a tap | the server's | × as fast as the file |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for setup in sharing.trials:
        figures = [
            f"{sharing.median(setup, lambda each: each.seen.taps_per_second):.0f}",
            f"{sharing.median(setup, lambda each: each.seen.p50):.0f}",
            f"{sharing.median(setup, lambda each: each.seen.p99):.0f}",
            f"{sharing.median(setup, lambda each: each.seen.processor):.2f}",
        ]
        ratios = sharing.against_the_file(setup)
        ratio = Ratio(statistics.median(ratios), min(ratios), max(ratios))
        others = [f"{sharing.median(setup, lambda each: each.server):.2f}", _ratio(ratio)] if setup else ["", ""]
        yield f"| {' | '.join([f'{setup} on PostgreSQL' if setup else '1 on a file', *figures, *others])} |"


def papers(found: Papers, circumstances: Circumstances) -> str:
    """One station's package beside the bare script, and what a crowd sees while many are made."""
    return "\n".join([*circumstances.lines(len(found.ours)), "", *_packages(found), "", *_meanwhile(found)])


def _packages(found: Papers) -> Iterator[str]:
    yield "| one station's package | s | CPU s | peak MB | zicha takes × as long |"
    yield "|---|--:|--:|--:|--:|"
    yield f"| zicha: DOCX, PDF, XLSX and CSV in one ZIP | {_row(found.ours)} |  |"
    ratios = [one.seconds / other.seconds for one, other in zip(found.ours, found.bare, strict=True)]
    ratio = _ratio(Ratio(statistics.median(ratios), min(ratios), max(ratios)))
    yield f"| python-docx and typst, bare: DOCX and PDF | {_row(found.bare)} | {ratio} |"


def _row(runs: Sequence[Run]) -> str:
    seconds, processor = (statistics.median(each) for each in ([r.seconds for r in runs], [r.processor for r in runs]))
    return f"{seconds:.1f} | {processor:.1f} | {max(each.memory for each in runs):.0f}"


def _meanwhile(found: Papers) -> Iterator[str]:
    yield "| 20 people tap without a pause, while | taps | p50 ms | p99 ms | s |"
    yield "|---|--:|--:|--:|--:|"
    for each in found.crowds:
        what = f"{each.stations} stations' packages are made" if each.stations else "nothing else happens"
        yield f"| {what} | {each.taps} | {each.p50:.0f} | {each.p99:.0f} | {each.seconds:.0f} |"


def write(text: str, document: Path, section: str) -> None:
    """Put it between the section's marks in the document; ValueError when it has none."""
    opening, closing = f"<!-- {section}:begin -->", f"<!-- {section}:end -->"
    before, begin, rest = document.read_text("utf-8").partition(opening)
    _, end, after = rest.partition(closing)
    if not begin or not end:
        raise ValueError(f"{document}: no place marked {opening} … {closing}")
    document.write_text(f"{before}{opening}\n{text}\n{closing}{after}", "utf-8")
