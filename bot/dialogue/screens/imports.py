"""What a returned workbook would change: figures first, then every change, conflict and rejected cell on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.flows.imports import diff_of, proposal
from bot.dialogue.intents import checksum
from bot.dialogue.phrases import SHORTER, author_of, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Button, Emphasis, bold, line, say
from bot.dialogue.screens.import_words import label_words, spot_words, value_words
from bot.dialogue.screens.view import back_to_card, opening
from bot.dialogue.workbook_intents import DropImport, FetchWorkbook, SettleImport, TakeOver
from bot.forms.showing import masked
from bot.workbooks import codec
from bot.workbooks.comparing import ChangeKind
from bot.workbooks.layout import WHOLE
from bot.workbooks.targets import TargetKind, statement_of

if TYPE_CHECKING:
    from bot.assessments.model import EntryRecord
    from bot.dialogue.screen import Block, Screen, Text
    from bot.dialogue.screens.view import Row, View
    from bot.workbooks.comparing import Change, Conflict, Diff, NewRow
    from bot.workbooks.draft import Draft, Rejected

ON_A_PAGE: Final = 8
_FIRST: Final = 3


def imports(view: View) -> Screen:
    """The proposal as a whole, or one page of everything in it."""
    record = proposal(view.assessment, view.world.person)
    assert record is not None  # noqa: S101 - the place is real only while a proposal waits
    draft = codec.from_text(record.value)
    diff = diff_of(view.world, draft)
    if view.subject:
        return _page(view, diff, int(view.subject))
    if diff.conflicts:
        return _conflict(view, record, diff)
    return _summary(view, record, draft, diff)


def workbook_row(scope: str) -> Row:
    """The button that fetches a workbook: of everything, or of a part of the form."""
    return (Button(say("button.twin" if scope == WHOLE else "button.workbook"), FetchWorkbook(scope)),)


def listed(view: View, draft: Draft, diff: Diff) -> list[Block]:
    """Everything in it without pages: figures, what both sides changed, what is not taken, and every change."""
    sides = [each for conflict in diff.conflicts for each in _sides(view, conflict)]
    return [*_figures(view, draft, diff), *sides, *(_rejected(each) for each in diff.rejected), *_changes(view, diff)]


def last_page(diff: Diff) -> int:
    """The number of the last page of a proposal's list, from 1."""
    return max(1, -(-_length(diff) // ON_A_PAGE))


def _length(diff: Diff) -> int:
    return len(diff.rejected) + len(diff.changes) + len(diff.rows)


def _summary(view: View, record: EntryRecord, draft: Draft, diff: Diff) -> Screen:
    blocks = [line(bold(say("import.title"))), *_figures(view, draft, diff)]
    if diff.rejected:
        blocks += [BLANK, line(bold(say("import.rejected", count=len(diff.rejected))))]
        blocks += [_rejected(each) for each in diff.rejected[:_FIRST]]
    if diff.changes or diff.rows:
        blocks += [BLANK, line(bold(say("import.first")))]
        blocks += _changes(view, diff)[:_FIRST]
    rows: list[Row] = []
    if not diff.is_empty:
        count = len(diff.changes) + len(diff.rows)
        rows.append((Button(say("button.take_over", count=count), TakeOver(record.revision), Emphasis.PRIMARY),))
    if _length(diff) > _FIRST:
        rows.append((opening(say("button.look_through"), Place(PlaceKind.IMPORT, "1")),))
    rows.append((Button(say("button.drop_import"), DropImport(record.revision)),))
    return view.screen(blocks, [*rows, back_to_card(view)])


def _figures(view: View, draft: Draft, diff: Diff) -> list[Block]:
    counts = {kind.value: len(diff.of(kind)) for kind in ChangeKind}
    blocks: list[Block] = [line(say("import.counts", **counts, rows=len(diff.rows), same=diff.unchanged))]
    if draft.absent:
        blocks.append(line(say("import.absent", sheets=tuple(draft.absent))))
    declared = [view.rubric.vetoes_by_id[each.target.subject] for each in diff.changes if _declares(view, each)]
    return [*blocks, *(line(bold(say("import.declares", sign=veto.mark))) for veto in declared)]


def _page(view: View, diff: Diff, number: int) -> Screen:
    last = last_page(diff)
    number = min(number, last)
    every = [*(_rejected(each) for each in diff.rejected), *_changes(view, diff)]
    shown = every[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    steps = [
        opening(say(key), Place(PlaceKind.IMPORT, str(page)))
        for key, page in (("button.page_before", number - 1), ("button.page_after", number + 1))
        if 1 <= page <= last
    ]
    up = (opening(say("button.back_to_import"), Place(PlaceKind.IMPORT)),)
    return view.screen([line(bold(say("import.page", page=number, last=last))), *shown], [tuple(steps), up])


def _conflict(view: View, record: EntryRecord, diff: Diff) -> Screen:
    """The first value that changed on both sides: each side in words, and whose is kept."""
    conflict = diff.conflicts[0]
    one = checksum(conflict.target.code)
    about, *sides = _sides(view, conflict)
    blocks = [line(bold(say("import.conflicts", count=len(diff.conflicts)))), about, BLANK, *sides]
    rows: list[Row] = [
        (_side("button.keep_here", one, "h", record), _side("button.keep_file", one, "f", record)),
    ]
    if len(diff.conflicts) > 1:
        rows.append((_side("button.all_here", 0, "h", record), _side("button.all_file", 0, "f", record)))
    rows.append((Button(say("button.drop_import"), DropImport(record.revision)),))
    return view.screen(blocks, [*rows, back_to_card(view)])


def _sides(view: View, conflict: Conflict) -> list[Block]:
    return [
        line(label_words(view, conflict.target), "　", spot_words(conflict.spot)),
        line(say("import.base", value=value_words(view, conflict.target, conflict.base))),
        line(say("import.here", value=value_words(view, conflict.target, conflict.here), who=_who(view, conflict))),
        line(say("import.file", value=value_words(view, conflict.target, conflict.file))),
    ]


def _side(key: str, conflict: int, side: str, record: EntryRecord) -> Button:
    return Button(say(key), SettleImport(conflict, side, record.revision))


def _who(view: View, conflict: Conflict) -> Text:
    subject = conflict.target.subject
    match conflict.target.kind:
        case TargetKind.VETO:
            by = view.assessment.veto(subject).by
        case TargetKind.ENTRY:
            by = view.assessment.entry(subject).by
        case _:
            by = view.assessment.item(subject).by
    return author_of(by, view.world)


def _changes(view: View, diff: Diff) -> list[Block]:
    return [*(_change(view, each) for each in diff.changes), *(_row(view, each) for each in diff.rows)]


def _change(view: View, change: Change) -> Block:
    before = value_words(view, change.target, change.before)
    after = value_words(view, change.target, change.after)
    key = {
        ChangeKind.NEW: "import.new",
        ChangeKind.CHANGED: "import.changed",
        ChangeKind.REMOVED: "import.removed",
    }[change.kind]
    return line(say(key, what=label_words(view, change.target), before=before, after=after))


def _row(view: View, new: NewRow) -> Block:
    table = None if view.world.form is None else view.world.form.table(new.row.table)
    columns = () if table is None else table.columns
    cells = tuple(
        shorten(masked(column, new.row.cells[column.id]), SHORTER // 2)
        for column in columns
        if column.id in new.row.cells
    )
    return line(say("import.row", table="" if table is None else table.label, number=new.number, cells=cells))


def _rejected(rejected: Rejected) -> Block:
    text = shorten(rejected.text, SHORTER)
    why = say(rejected.why, **rejected.args)
    return line(say("import.cell", spot=spot_words(rejected.spot), text=text, why=why))


def _declares(view: View, change: Change) -> bool:
    if change.target.kind is not TargetKind.VETO:
        return False
    choice = view.rubric.vetoes_by_id[change.target.subject].choice(statement_of(change.after)[0])
    return choice is not None and choice.declares
