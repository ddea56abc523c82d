"""What came of a siege, in words for whoever ran it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from tests.torture.audit import Finding
    from tests.torture.siege import Outcome

_SHOWN_AT_MOST = 40


def summary(outcome: Outcome) -> str:
    """The end of a siege."""
    strikes, plan = outcome.strikes, outcome.plan
    share = 100 * strikes.in_flight / max(1, strikes.kills)
    lines = ["", strikes.table(), ""]
    lines.append(
        f"{plan.way.value}, seed {plan.seed}: {strikes.kills} kills in {outcome.seconds:.0f} s "
        f"({strikes.kills / outcome.seconds:.1f}/s)"
    )
    lines.append(f"{strikes.in_flight} kills ({share:.0f}%) struck with something in flight")
    lines.append(f"{outcome.cold_starts} starts cold from the command line, the others forked after its imports")
    lines += audited(outcome.finding, plan.people, outcome.deeds, outcome.log_lines)
    if outcome.violations:
        lines.append(f"database {outcome.database}; again with SEED={plan.seed}")
    return "\n".join(lines)


def audited(found: Finding, people: int, deeds: Counter[str], log_lines: Counter[str]) -> Iterator[str]:
    """What was done and looked at, what the log says, and every violation or that there is none."""
    did = ", ".join(f"{count} {deed}" for deed, count in sorted(deeds.items()))
    yield f"{found.updates} updates of {people} people: {did}"
    yield f"{found.taps} taps: {found.toasts} answered in time, {found.late} too late to be, but a card was shown"
    yield f"checked: {found.acknowledgements} acknowledged answers, {found.entries} entries of history,"
    yield f"  {found.answers} answers that stand, {found.screens} last screens, and all against a clean run"
    if log_lines:
        yield "the bot's log: " + ", ".join(f"{count} × {line}" for line, count in log_lines.most_common(6))
    if not found.violations:
        yield "0 acknowledged answers lost, 0 doubled, 0 that nobody sent; every tap's screen shown; database whole"
        return
    yield f"\n{len(found.violations)} VIOLATIONS"
    yield from found.violations[:_SHOWN_AT_MOST]
