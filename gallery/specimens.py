"""Texts of rarer moments, several on a picture, with sample figures in their places."""

from __future__ import annotations

from itertools import groupby
from string import Formatter
from typing import TYPE_CHECKING, Final

from bot.dialogue.screen import BLANK, Block, Screen, line, say
from bot.localization import LOCALES, Localizers
from gallery.page import TIMEZONE
from gallery.rare import RARE
from gallery.shots import Shot
from gallery.states import NOW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.dialogue.screen import Argument, Say

_SECTION: Final = "Rarer texts"
_ON_A_PICTURE: Final = 6
_FIGURES: Final[dict[str, Argument]] = {
    "about": "2.1.10",
    "after": "西昌市二路2号",
    "at": NOW,
    "authority": "四川省人力资源和社会保障厅",
    "before": "西昌市一路1号",
    "by": "陈老师",
    "chapter": "3",
    "check": 3,
    "choices": ("是", "否"),
    "code": "7K3M-Q8ZT-1B4C",
    "codes": ("L001",),
    "column": "聘任期限",
    "count": 2,
    "done": 2,
    "finding": say("watch.rule.term_missing"),
    "hint": 1,
    "item": "2.1.10",
    "kept": say("form.kept", label="机构代码"),
    "label": "机构代码",
    "labels": ("其他说明", "邮编"),
    "length": 240,
    "link": "https://t.me/a_bot?start=j_00000000000000000000000000000000000000000",
    "missing": (say("report.missing.fonts", packages=("fonts-noto-cjk",)),),
    "most": 200,
    "must": 2,
    "name": "中式烹调师",
    "notice": say("form.kept", label="机构代码"),
    "now": "1B4C-7K3M-Q8ZT",
    "number": 3,
    "packages": ("fonts-noto-cjk",),
    "reason": "设备数量填错了",
    "reference": "A7K2",
    "remark": say("remark.org_code"),
    "role": say("role.filler"),
    "row": 4,
    "sent": say("report.sent_draft", count=2, code="7K3M-Q8ZT-1B4C"),
    "sheet": "考评人员",
    "sign": "⑶",
    "signs": ("⑶", "⑷"),
    "station": "凉山××职业技能鉴定所",
    "table": "考评人员",
    "total": 6,
    "until": NOW,
    "version": 1,
    "what": "地址",
    "words": "按县里规定缴入国库",
}
"""What stands in a text's places, by their names."""


def specimens(seen: Collection[str]) -> Iterator[Shot]:
    """The rare texts that are not seen otherwise, by what they are about."""
    unseen = [key for key in RARE if key not in seen]
    for about, group in groupby(unseen, key=lambda each: each.partition(".")[0]):
        keys = list(group)
        for start in range(0, len(keys), _ON_A_PICTURE):
            shown = keys[start : start + _ON_A_PICTURE]
            blocks: list[Block] = [block for key in shown for block in (line(_filled(key)), BLANK)]
            yield Shot(_SECTION, f"{about}: {', '.join(key.partition('.')[2] for key in shown)}", Screen(tuple(blocks)))


def _filled(key: str) -> Say:
    """The text with a sample in each of its places; KeyError for a place that has none."""
    pattern = Localizers.load(TIMEZONE).of(LOCALES[0]).translations.gettext(key)
    names = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    return say(key, **{name: _FIGURES[name] for name in names})
