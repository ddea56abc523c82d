"""Holds a database against the sandbox's record: what was acknowledged stands, what nobody did does not."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from bot.dialogue.phrases import answer_words
from bot.handlers.rendering import render
from bot.localization import Localizers
from bot.rubric.loader import library
from bot.services.ports import OutboxRow, OwedReply
from sandbox.lanes import Lane, lane_of
from storage.codec import answer_from_text
from storage.connection import SqliteConnection
from storage.transaction import transaction
from tests.torture.deeds import Entry, explains
from tests.torture.reference import conversation, replay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rubric.model import Rubric
    from tests.torture.record import Record

_ITEM: Final = r"(\d\.\d{1,2}\.\d{1,2})"
_RECORDED: Final = re.compile(_ITEM + r" (.+)，已记 · 已填", re.DOTALL)
_CHANGED: Final = re.compile(_ITEM + r" 已改：(?:.+? → .+?，)?(.+) · 已填", re.DOTALL)
_UNMARKED: Final = re.compile(_ITEM + r" 已取消标记")
_NOTED: Final = re.compile(_ITEM + r" (备注|问题和整改打算)已记")
_GROUPED: Final = re.compile(r"项已记.*成组核对")
_UNDONE: Final = re.compile(r"^已撤销：(.+)$")
_VETO: Final = re.compile(r"情形(.)：(已记为存在|已记为不存在|说明已记|已撤回)")
_NOTES: Final = {"备注": "note", "问题和整改打算": "remedy"}


@dataclass
class Finding:
    """What the audit came to: every violation as a sentence, and how much was looked at."""

    violations: list[str] = field(default_factory=list)
    acknowledgements: int = 0
    taps: int = 0
    toasts: int = 0
    late: int = 0
    updates: int = 0
    entries: int = 0
    answers: int = 0
    screens: int = 0

    def wrong(self, sentence: str) -> None:
        """Something is not as it must be."""
        self.violations.append(sentence)


def audit(database: Path, record: Record) -> Finding:
    """Look at everything, in a copy, so that nothing of what is looked at changes; the bot has stopped."""
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy(database, Path(folder) / "zicha.db")
        finding = Finding()
        with closing(sqlite3.connect(copy)) as connection:
            auditor = _Auditor(connection, record, finding)
            auditor.soundness()
            auditor.queues()
            auditor.intake()
            auditor.order()
            auditor.history()
            auditor.acknowledgements()
            auditor.replies()
            auditor.screens()
        fresh = Path(folder) / "clean.db"
        replay(copy, record, fresh)
        compare(copy, fresh, finding)
        return finding


def _copy(database: Path, target: Path) -> Path:
    for suffix in ("", "-wal"):
        if (part := database.with_name(database.name + suffix)).exists():
            shutil.copyfile(part, target.with_name(target.name + suffix))
    return target


class _Auditor:
    def __init__(self, connection: sqlite3.Connection, record: Record, finding: Finding) -> None:
        self._connection = connection
        self._record = record
        self._finding = finding
        self._localizer = Localizers.load("Asia/Shanghai").of("zh_CN")
        self._rubric: Rubric = library().latest("sichuan-2017")
        self._update_of = dict(self._rows("select id, update_id from inbox order by id"))
        self._entries = [
            Entry(*row)
            for row in self._rows(
                "select history.assessment, action, history.kind, subject, before, after, reason, revision,"
                " author.telegram_id, owner.telegram_id from history"
                " join person author on author.id = by_person"
                " join assessment on assessment.id = history.assessment"
                " join person owner on owner.id = assessment.owner order by history.id"
            )
        ]
        self._of_query: dict[str, set[int]] = {}
        for number, update_id in self._update_of.items():
            query = record.updates.get(update_id, {}).get("callback_query")
            if query is not None:
                self._of_query.setdefault(query["id"], set()).add(number)

    def _rows(self, query: str) -> list[Any]:
        return self._connection.execute(query).fetchall()

    def soundness(self) -> None:
        """The file itself is whole."""
        found = [row[0] for row in self._rows("pragma integrity_check")]
        if found != ["ok"]:
            self._finding.wrong(f"integrity check: {found[:3]}")
        orphans = self._rows("pragma foreign_key_check")
        if orphans:
            self._finding.wrong(f"foreign key check: {len(orphans)} rows, first {orphans[0]}")

    def queues(self) -> None:
        """Nothing waits, nothing is owed, nothing was set aside."""
        for state, count in self._rows("select state, count(*) from inbox where state <> 'done' group by state"):
            self._finding.wrong(f"inbox: {count} updates are {state}")
        owed = self._rows("select count(*) from outbox")[0][0]
        if owed:
            self._finding.wrong(f"outbox: {owed} replies are still owed")

    def intake(self) -> None:
        """Every update that was sent came in, once, and no other did."""
        stored = Counter(self._update_of.values())
        self._finding.updates = len(stored)
        for update_id in self._record.updates.keys() - stored.keys():
            self._finding.wrong(f"update {update_id} never came in")
        for update_id in stored.keys() - self._record.updates.keys():
            self._finding.wrong(f"update {update_id} came in and was sent by nobody")
        for update_id, count in stored.items():
            if count > 1:
                self._finding.wrong(f"update {update_id} came in {count} times")
        if self._record.expired:
            self._finding.wrong(f"{self._record.expired} updates were thrown away unread")

    def order(self) -> None:
        """Each person's messages, and their taps, came in in the order in which they were sent."""
        newest: dict[Lane, int] = {}
        for update_id in self._update_of.values():
            lane = lane_of(self._record.updates.get(update_id, {}), update_id)
            if update_id < newest.get(lane, 0):
                self._finding.wrong(f"update {update_id} of {lane} came in after {newest[lane]}")
            newest[lane] = max(update_id, newest.get(lane, 0))

    def history(self) -> None:
        """Each change was made by the owner's own act, once, and leads on from the one before it."""
        self._finding.entries = len(self._entries)
        for (action, kind, subject), count in Counter((e.action, e.kind, e.subject) for e in self._entries).items():
            if count > 1:
                self._finding.wrong(f"history: {kind} {subject} stands {count} times under action {action}")
        last: dict[tuple[int, str, str], Entry] = {}
        for entry in self._entries:
            self._chain(entry, last.get((entry.assessment, entry.kind, entry.subject)))
            last[entry.assessment, entry.kind, entry.subject] = entry
            self._authorship(entry)
        self._present(last)

    def _chain(self, entry: Entry, earlier: Entry | None) -> None:
        empty = {"item": None, "note": "", "remedy": "", "entry": ""}
        before = earlier.after if earlier is not None else empty.get(entry.kind, entry.before)
        if entry.before != before:
            self._finding.wrong(f"history: {entry} does not follow from {earlier}")
        counts = entry.kind in {"item", "veto", "entry"}
        if counts and entry.revision != (earlier.revision if earlier is not None else 0) + 1:
            self._finding.wrong(f"history: {entry} has a wrong revision after {earlier}")

    def _authorship(self, entry: Entry) -> None:
        update = self._record.updates.get(self._update_of.get(entry.action, 0))
        if update is None:
            self._finding.wrong(f"history: {entry} comes from no update that anybody sent")
            return
        body = update.get("callback_query") or update.get("message") or {}
        if not entry.by == entry.owner == body.get("from", {}).get("id"):
            self._finding.wrong(f"history: {entry} was sent by {body.get('from', {}).get('id')}")
        if not explains(update, entry):
            self._finding.wrong(f"history: {entry} is not what update {update['update_id']} says")

    def _present(self, last: dict[tuple[int, str, str], Entry]) -> None:
        """What stands is what the last entry says, and nothing stands without one."""
        for assessment, item, value, note, remedy in self._rows(
            "select assessment, item, value, note, remedy from answer"
        ):
            self._finding.answers += value is not None
            for kind, stands in (("item", value), ("note", note), ("remedy", remedy)):
                entry = last.pop((assessment, kind, item), None)
                if (entry.after if entry else None if kind == "item" else "") != stands:
                    self._finding.wrong(f"answer: {kind} of {item} in {assessment} is {stands!r}, history says {entry}")
        for assessment, veto, choice, declared, note in self._rows(
            "select assessment, veto, choice, declared, note from veto"
        ):
            entry = last.pop((assessment, "veto", veto), None)
            stands = {"choice": choice, "declared": None if declared is None else bool(declared), "note": note}
            if entry is None or orjson.loads(entry.after or "null") != stands:
                self._finding.wrong(f"condition {veto} in {assessment} is {stands}, history says {entry}")
        for assessment, subject, value in self._rows("select assessment, subject, value from entry"):
            entry = last.pop((assessment, "entry", subject), None)
            if entry is None or entry.after != value:
                self._finding.wrong(f"{subject} in {assessment} is {value!r}, history says {entry}")
        for entry in last.values():
            self._finding.wrong(f"lost: history says {entry}, nothing stands")

    def acknowledgements(self) -> None:
        """Every answer that a person was told is recorded, is."""
        by_action: dict[int, list[Entry]] = {}
        for entry in self._entries:
            by_action.setdefault(entry.action, []).append(entry)
        for tapped in self._record.taps.values():
            self._finding.taps += 1
            self._finding.late += tapped.came_too_late and tapped.toast is None
            self._finding.toasts += tapped.toast is not None
            numbers = self._of_query.get(tapped.query, set())
            mine = [entry for number in numbers for entry in by_action.get(number, ())]
            self._acknowledged(tapped.toast or "", mine, f"tap {tapped.query} of {tapped.person}")
        for person, screens in self._record.drawn.items():
            said = {drawn.html.partition("\n")[0] for drawn in screens if drawn.is_new}
            mine = [entry for entry in self._entries if entry.owner == person]
            for words in said:
                self._acknowledged(words, mine, f"words to {person}")

    def _acknowledged(self, said: str, entries: list[Entry], whose: str) -> None:
        promised = next(self._promises(said), None)
        if promised is None:
            return
        self._finding.acknowledgements += 1
        kind, subjects, words = promised
        fitting = [entry for entry in entries if entry.kind == kind and (not subjects or entry.subject in subjects)]
        if words is not None:
            fitting = [entry for entry in fitting if self._in_words(entry) in words or said.endswith("…")]
        if not fitting or subjects - {entry.subject for entry in fitting}:
            self._finding.wrong(f"acknowledged and lost: {whose} was told “{said}”, history has {entries[:3]}")

    def _promises(self, said: str) -> Iterator[tuple[str, set[str], str | None]]:
        """What a toast or line promises: the kind, the subjects, the words of the answer."""
        if match := _RECORDED.search(said) or _CHANGED.search(said):
            yield "item", {match[1]}, match[2]
        elif match := _UNMARKED.search(said):
            yield "item", {match[1]}, None
        elif match := _NOTED.search(said):
            yield _NOTES[match[2]], {match[1]}, None
        elif _GROUPED.search(said):
            yield "item", set(), None
        elif match := _UNDONE.search(said):
            yield "item", set(re.findall(_ITEM, match[1])) if not said.endswith("…") else set(), None
        elif match := _VETO.search(said):
            yield "veto", {veto.id for veto in self._rubric.vetoes if veto.mark == match[1]}, None

    def _in_words(self, entry: Entry) -> str:
        answer = answer_from_text(entry.after)
        if answer is None:
            return "\0"
        return self._localizer.text(answer_words(self._rubric.items[entry.subject], answer))

    def replies(self) -> None:
        """Every tap was answered or came too late to be, and its person saw a screen after it."""
        newest = {person: screens[-1].at for person, screens in self._record.drawn.items()}
        for tapped in self._record.taps.values():
            if tapped.toast is None and not tapped.came_too_late:
                self._finding.wrong(f"tap {tapped.query} of {tapped.person} was never answered")
            if newest.get(tapped.person, 0.0) < tapped.asked:
                self._finding.wrong(f"tap {tapped.query} of {tapped.person}: no screen was shown after it")

    def screens(self) -> None:
        """What each person was shown last is the screen of the state as it stands."""
        tx = transaction(SqliteConnection(self._connection), worker=0)
        talk = conversation(lambda: 1)
        for number, telegram_id in self._rows("select id, telegram_id from person"):
            row = OutboxRow(0, OwedReply(telegram_id, number))
            reply = talk.redraw(tx, row, datetime.now(UTC))
            assert reply.screen is not None
            card = render(reply.screen, self._localizer)
            self._finding.screens += 1
            shown = [each for each in self._record.drawn.get(telegram_id, []) if each.keyboard]
            if not shown:
                self._finding.wrong(f"person {telegram_id} was never shown anything")
                continue
            if shown[-1].html != card.html and not shown[-1].html.endswith(f"\n\n{card.html}"):
                self._finding.wrong(
                    f"person {telegram_id} was last shown\n{shown[-1].html}\n--- but stands at ---\n{card.html}"
                )
            elif orjson.loads(shown[-1].keyboard or "null") != card.keyboard:
                self._finding.wrong(f"person {telegram_id}: other buttons than the state has: {shown[-1].keyboard}")


_COMPARED: Final = {
    "answers": "select assessment, item, value, revision, grouped, note, remedy, by_person from answer order by 1, 2",
    "conditions": "select assessment, veto, choice, declared, note, revision, by_person from veto order by 1, 2",
    "entries": "select assessment, subject, value, revision, by_person from entry order by 1, 2",
    "assessments": "select id, rubric, version, kind, owner from assessment order by 1",
    "history": "select assessment, action, kind, subject, before, after, grouped, reason, revision, by_person"
    " from history order by assessment, history.id",
    "positions": "select person, place, assessment, walk, back, last_action, draft from position order by 1",
}


def compare(database: Path, clean_run: Path, finding: Finding) -> None:
    """Lay both databases side by side: whoever was killed must have come to the same as the clean run."""
    with closing(sqlite3.connect(database)) as killed, closing(sqlite3.connect(clean_run)) as unharmed:
        for name, query in _COMPARED.items():
            found, wanted = killed.execute(query).fetchall(), unharmed.execute(query).fetchall()
            if found == wanted:
                continue
            missing, surplus = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
            for row in list(missing)[:3]:
                finding.wrong(f"{name}: the clean run has {row}, which is missing")
            for row in list(surplus)[:3]:
                finding.wrong(f"{name}: {row} is not in the clean run")
            if not missing and not surplus:
                finding.wrong(f"{name}: in another order than in the clean run")
