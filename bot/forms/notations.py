"""The ways in which people write dates, numbers, telephones and document numbers, as patterns."""

from __future__ import annotations

import re
from typing import Final

_YEAR: Final = "年"
_MONTH: Final = "月"
_DAY: Final = "日号"
_UNTIL: Final = "至到"
_SINCE: Final = "自从起止"
_SCHOOL_YEAR: Final = "度"
_COUNTED: Final = "人名个台套件间张把次"
_SQUARE_METRES: Final = "平方米|平方|平米"
_TELEPHONE: Final = "传真|联系电话|电话|座机|手机|办公室"
_EXTENDED: Final = "转|分机"
_AND: Final = "和及与"
_ORDINAL: Final = "第"
_NUMBER: Final = "号"

_DASHES: Final = r"[ /~—–\-]*"
_THOUSANDS: Final = r"[0-9]{1,3}(?:,[0-9]{3})+"

DATE: Final = re.compile(
    rf"(?<![0-9])(?:([0-9]{{4}}) ?[{_YEAR}./\-] ?([0-9]{{1,2}}) ?[{_MONTH}./\-] ?([0-9]{{1,2}})(?![0-9])(?: ?[{_DAY}])?"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9]))"
)
BETWEEN_DATES: Final = re.compile(rf"{_DASHES}[{_SINCE}]?{_DASHES}[{_UNTIL}]?{_DASHES}")
BESIDE_DATES: Final = re.compile(rf"[ ()]*[{_SINCE}]?[ ()]*")
YEAR: Final = re.compile(rf"([0-9]{{4}}) ?(?:{_YEAR}{_SCHOOL_YEAR}?)?")
NUMBER: Final = re.compile(rf"({_THOUSANDS}|[0-9]+) ?[{_COUNTED}]?")
AREA: Final = re.compile(rf"({_THOUSANDS}|[0-9]{{1,12}})(\.[0-9]+)? ?(?:m2|{_SQUARE_METRES})?", re.IGNORECASE)
BESIDE_A_PHONE: Final = re.compile(rf"\(? ?(?:{_TELEPHONE}|tel|fax) ?\)?[:.]?", re.IGNORECASE)
EXTENSION: Final = re.compile(rf"(.+?)[ ,;(]*(?:{_EXTENDED}|ext\.?|x|#)[: ]*([0-9]{{1,6}})\)?", re.IGNORECASE)
DASHED_EXTENSION: Final = re.compile(
    r"((?:\(?0[0-9]{2,3}\)?[ \-]?)?[0-9]{7,8}|[48]00-?[0-9]{3}-?[0-9]{4})-([0-9]{1,6})"
)
APPROVAL_NUMBER: Final = re.compile(
    rf"([^0-9〔〕]{{1,40}})[〔\[(【《<{{]([0-9]{{4}})[〕\])】》>}}]{_YEAR}?({_ORDINAL}?)([0-9]{{1,6}}){_NUMBER}?"
)
APPROVAL_NUMBER_WRITTEN: Final = f"{{0}}〔{{1}}〕{{2}}{{3}}{_NUMBER}"
BETWEEN_LEVELS: Final = re.compile(rf"[、,;/\s{_AND}|]+")
BEHIND_A_LEVEL: Final = "工"
BEHIND_AN_OCCUPATION: Final = "员工师"
