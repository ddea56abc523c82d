"""A whole station over HTTP: four people join and fill in everything by chat, paste and Excel, and one twin does it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from bot.cli.stored import within
from bot.dialogue import intents
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.workbook_intents import TakeOver
from bot.forms.showing import shown
from bot.forms.subjects import CellRef, parse
from bot.services.invitations import invite
from bot.stations.model import Role, Station
from tests.evidence import samples
from tests.http.bots import Bot
from tests.http.colleagues import ZH, Colleague, founded, settings
from tests.watch.stations import ENTRIES, FORM, RUBRIC
from tests.workbooks.builders import add, edited, fill, sheet_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from bot.services.invitations import Made
    from bot.services.ports import Transaction
    from sandbox.server import Running

pytestmark = pytest.mark.slow

HEAD, CONTACT, FILLER, NEWCOMER, TWIN = range(6_400_001, 6_400_006)
FILLED_WITH_EVIDENCE, CONFIDENTIAL, LOSES = "2.1.10", "6.6.1", "5.1.1"
BY_CHAT, BY_PASTE = ("licence.", "registration."), "registration.managers"
ELSEWHERE: Final = "西昌市别处2号"


@pytest.fixture
async def people(running: Running, tmp_path: Path) -> AsyncIterator[list[Colleague]]:
    """Head, contact, filler, a filler invited in the chat, and the head of another station; the bot runs."""
    data = tmp_path / "data"
    links = await founded(running, data)
    second = await asyncio.to_thread(within, settings(running, data).database, data, _second)
    async with Bot(running, data, tmp_path / "zicha.log"):
        head, contact, filler, newcomer, twin = (Colleague(running, each) for each in range(HEAD, TWIN + 1))
        names = ("吉主任", "李老师", "王老师")
        for person, name, (words, code) in zip((head, contact, filler), names, links, strict=True):
            await person.join(words, name, code)
            assert ZH.say("home.role", role=ZH.say(f"role.{_ROLES[person.id]}"), name=name) in person.text
        await twin.join(f"/start j_{second.words}", "阿站长", second.code)
        yield [head, contact, filler, newcomer, twin]


_ROLES: Final = {HEAD: "head", CONTACT: "contact", FILLER: "filler"}


def _second(tx: Transaction) -> Made:
    tx.save_station(Station(0, "DEMO-2", "攀枝花××职业技能鉴定所", "5134"))
    return invite(tx, "DEMO-2", Role.HEAD, number=7, now=datetime.now(UTC))


async def test_a_station_hands_in_everything_and_a_twin_comes_to_the_same_score(people: list[Colleague]) -> None:
    head, contact, filler, newcomer, twin = people
    await head.press_on("button.members")
    await _let_in(head, newcomer)
    await _begin_together(head, contact, filler)
    await _give_a_chapter(head, filler)
    await asyncio.gather(_answer_singly(contact), _answer_by_groups(filler))
    await _answer_the_conditions(filler)
    await _hand_in_evidence(contact)
    await _fill_by_chat(contact)
    await _fill_by_paste(filler)
    await _fill_by_excel(contact)
    await _mend_a_contradiction(head)
    scores = [await _score(each) for each in (head, contact, filler)]
    assert len(set(scores)) == 1
    assert ZH.say("score.done", done=61, total=61) in scores[0]
    await head.say("/map")
    await _fill_the_twin(twin, await head.fetch("button.twin"))
    assert await _score(twin) == scores[0]
    await head.say("/form")
    await twin.say("/form")
    assert twin.text == head.text


async def _let_in(head: Colleague, newcomer: Colleague) -> None:
    await head.press_on("button.invite_filler")
    link = await head.told("?start=")
    assert "李老师" not in link["text"], "what is passed on names nobody"
    await newcomer.join(f"/start {link['text'].rpartition('start=')[2]}", "赵老师")
    assert ZH.say("joining.ask_patience", name="赵老师") in newcomer.text
    await newcomer.say("/start")
    assert ZH.say("cli.demo.station") not in newcomer.text
    await head.told(ZH.say("admit.title", name="赵老师"))
    await head.press_on("button.admit", name="赵老师")
    await newcomer.say("/start")
    assert ZH.say("home.role", role=ZH.say("role.filler"), name="赵老师") in newcomer.text


async def _begin_together(head: Colleague, *others: Colleague) -> None:
    await head.say("/start")
    await head.press_on("button.self_start")
    for each in others:
        await each.say("/start")
        await each.press_on("button.self_resume")
        assert each.assessment == head.assessment


async def _give_a_chapter(head: Colleague, filler: Colleague) -> None:
    await head.open(Place(PlaceKind.CHAPTER, "1"))
    await head.press_on("button.assign")
    await head.press_on("button.assign_to", name="王老师")
    assert ZH.say("company.keeper", name="王老师") in head.text
    await filler.told(ZH.say("told.assigned", chapter="1"))
    await filler.say("/start")
    await filler.press_on("button.resume")


async def _answer_singly(person: Colleague) -> None:
    """The best of every item from chapter 5 on, but for one."""
    for item in (each for each in RUBRIC.items if int(each.partition(".")[0]) > 4):
        await person.say(item)
        choices = [data for intent, data in person.intents() if isinstance(intent, intents.Choose)]
        await person.tap(choices[1 if item == LOSES else 0])
        if item == LOSES:
            await person.say("三处照明坏了，已报修，四月底前换好。")


async def _answer_by_groups(person: Colleague) -> None:
    """The best of everything up to chapter 4, group by group where there are groups."""
    while _chapter(person) <= 4:
        good = (intents.ConfirmRest, intents.Choose)
        await person.tap(next(data for intent, data in person.intents() if isinstance(intent, good)))


def _chapter(person: Colleague) -> int:
    """The chapter that the card asks about."""
    asked = (intent.item for intent, _ in person.intents() if isinstance(intent, intents.Choose | intents.Mark))
    item = next(asked, "9")
    return int(item.partition(".")[0])


async def _answer_the_conditions(person: Colleague) -> None:
    for veto in RUBRIC.vetoes:
        await person.open(Place(PlaceKind.VETO, veto.id))
        clean = {each.id for each in veto.choices if each.declares is False}
        answers = [(intent, data) for intent, data in person.intents() if isinstance(intent, intents.AnswerVeto)]
        await person.tap(next(data for intent, data in answers if intent.choice in clean))


async def _hand_in_evidence(person: Colleague) -> None:
    await person.say(FILLED_WITH_EVIDENCE)
    photos = [(f"{number}.jpg", samples.photo(size=(32 + number, 32))) for number in range(3)]
    await person.send(*photos, kind="photo", caption="会议室")
    await person.told(ZH.say("evidence.kept", count=3, item=FILLED_WITH_EVIDENCE, number=1))
    await person.send(("收费公示.pdf", samples.PDF))
    await person.told(ZH.say("evidence.kept", count=1, item=FILLED_WITH_EVIDENCE, number=2))
    await person.say(CONFIDENTIAL)
    await person.send(("答卷.pdf", samples.PDF))
    await person.told(ZH.say("evidence.refused.confidential", item=CONFIDENTIAL, name="答卷.pdf"))
    await person.say("档案室2号柜")
    await person.open(Place(PlaceKind.EVIDENCE, CONFIDENTIAL))
    assert ZH.say("evidence.stands_at", place="档案室2号柜") in person.text


def _fields() -> Iterator[tuple[str, str]]:
    """What the two first sections say field by field, as people write it."""
    for subject, value in ENTRIES.items():
        field = FORM.field(subject)
        if field is not None and subject.startswith(BY_CHAT) and not isinstance(parse(subject), CellRef):
            yield subject, shown(field, value)


async def _fill_by_chat(person: Colleague) -> None:
    """Every field of licence and form, one of them wrong, and a row of equipment cell by cell."""
    await person.say("/form")
    for subject, words in _fields():
        await person.open(Place(PlaceKind.FIELD, subject))
        await person.say(ELSEWHERE if subject == "registration.address" else words)
    await person.open(Place(PlaceKind.TABLE, "registration.equipment"))
    await person.press_on("form.button.add")
    await person.say("双头灶台")
    await person.press_on("form.button.skip")
    await person.say("20台")
    assert "双头灶台" in person.text


async def _fill_by_paste(person: Colleague) -> None:
    managers = list(_rows(BY_PASTE).values())
    columns = list(managers[0])
    headings = [_label(BY_PASTE, column) for column in columns]
    lines = ["\t".join(headings), *("\t".join(row[column] for column in columns) for row in managers)]
    await person.open(Place(PlaceKind.PASTE, BY_PASTE))
    await person.say("\n".join(lines))
    await person.press_on("form.button.paste_confirm", count=len(managers))
    assert ZH.say("form.rows", label="管理人员", count=len(managers)) in person.text


async def _fill_by_excel(person: Colleague) -> None:
    """What is left, in the workbook of the form."""
    await person.open(Place(PlaceKind.FORM))
    with edited(await person.fetch("button.workbook")) as (book, saved):
        _fill_the_rest(book)
    await person.send(("登记表.xlsx", saved[0]))
    await _take_over(person)


def _fill_the_rest(book: Workbook) -> None:
    for subject, value in ENTRIES.items():
        section, _, field = subject.partition(".")
        if section == "cancelled" and "/" not in field:
            fill(book, section, field, "value", _shown(subject, value))
    for path in ("licence.scope", "registration.examiners", "registration.supervisors", "registration.appraisals"):
        _add_rows(book, path)
    _add_rows(book, "cancelled.occupations")


def _add_rows(book: Workbook, path: str) -> None:
    for row in _rows(path).values():
        add(book, path, **row)


def _rows(path: str) -> dict[str, dict[str, str]]:
    """The rows of a table, as people write them."""
    found: dict[str, dict[str, str]] = {}
    for subject, value in ENTRIES.items():
        table, _, cell = subject.partition("/")
        if table == path:
            row, _, column = cell.partition("/")
            found.setdefault(row, {})[column] = _shown(subject, value)
    return found


def _shown(subject: str, value: str) -> str:
    field = FORM.field(subject)
    assert field is not None
    return shown(field, value)


def _label(path: str, column: str) -> str:
    table = FORM.table(path)
    assert table is not None
    return next(each.label for each in table.columns if each.id == column)


async def _take_over(person: Colleague) -> None:
    await person.told(ZH.say("import.title"))
    await person.tap(next(data for intent, data in person.intents() if isinstance(intent, TakeOver)))
    assert person.toast is not None


async def _mend_a_contradiction(person: Colleague) -> None:
    """The address differs from the licence without a word why, until it is put right."""
    await person.say("/check")
    assert ELSEWHERE in person.text
    assert ZH.say("watch.not_ready") in person.text
    await person.open(Place(PlaceKind.FIELD, "registration.address"))
    await person.say(ENTRIES["registration.address"])
    await person.say("/check")
    assert ELSEWHERE not in person.text


async def _score(person: Colleague) -> str:
    await person.say("/score")
    return person.text


def _copy(source: Worksheet, into: Worksheet) -> None:
    """Everything but the keys of the rows."""
    for row in source.iter_rows(min_row=4, min_col=2):
        for cell in row:
            if cell.value is not None:
                into.cell(cell.row, cell.column).value = cell.value


async def _fill_the_twin(person: Colleague, filled: bytes) -> None:
    """The other station's own twin, filled in with what the first station's says."""
    await person.say("/start")
    await person.press_on("button.self_start")
    await person.say("/map")
    with edited(await person.fetch("button.twin")) as (book, saved), edited(filled) as (source, _):
        for sheet in source.worksheets:
            if sheet.cell(1, 1).value and str(sheet.cell(1, 1).value).startswith("zicha:"):
                _copy(sheet, sheet_of(book, str(sheet.cell(1, 1).value).partition(":")[2]))
    await person.send(("填好了.xlsx", saved[0]))
    await _take_over(person)
