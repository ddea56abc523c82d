"""Telephones of China: area code, number and extension, checked against the numbering plan."""

from __future__ import annotations

import re
from typing import Final

from bot.forms import notations
from bot.forms.outcomes import Cleaned, Cleaning, Fault, Unclean
from bot.forms.words import folded

_REGION: Final = "CN"
_SEPARATORS: Final = re.compile(r"[\s()—–.\-]+")
_COUNTRY: Final = re.compile(r"(?:\+|00)86")
_LOCAL: Final = re.compile(r"[2-9][0-9]{6,7}")
_SERVICE: Final = re.compile(r"[48]00[0-9]{7}")


def phone(words: str, area_code: str) -> Cleaning:
    """028-85550000, 028-85550000-801 with its extension, 13800138000 or 400-820-8820.

    A number without its area code gets the one that is known; where none is, it is asked for.
    """
    text = notations.BESIDE_A_PHONE.sub(" ", folded(words)).strip()
    found = notations.DASHED_EXTENSION.fullmatch(text) or notations.EXTENSION.fullmatch(text)
    main, extension = (found[1], found[2]) if found else (text, "")
    digits = _COUNTRY.sub("", _SEPARATORS.sub("", main), count=1) if _COUNTRY.match(main) else _SEPARATORS.sub("", main)
    if not digits.isascii() or not digits.isdigit():
        return Unclean(Fault.NOT_A_PHONE)
    if _LOCAL.fullmatch(digits):
        if not area_code:
            return Unclean(Fault.NO_AREA_CODE)
        digits = area_code + digits
    written = _written(digits)
    if written is None or (extension and "-" not in written):
        return Unclean(Fault.NOT_A_PHONE)
    return Cleaned(f"{written}-{extension}" if extension else written)


def area_code_of(phone_number: str) -> str:
    """The area code of a canonical landline, with its 0; "" for any other number."""
    head, dash, _ = phone_number.partition("-")
    return head if dash and head.startswith("0") else ""


def _written(digits: str) -> str | None:
    if _SERVICE.fullmatch(digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    import phonenumbers  # noqa: PLC0415 - no start waits for the numbering plans of the world
    from phonenumbers import PhoneNumberType  # noqa: PLC0415 - the same

    try:
        number = phonenumbers.parse(digits, _REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, _REGION):
        return None
    national, kind = str(number.national_number), phonenumbers.number_type(number)
    if kind == PhoneNumberType.MOBILE:
        return national
    length = phonenumbers.length_of_geographical_area_code(number)
    is_landline = kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not is_landline or not length:
        return None
    return f"0{national[:length]}-{national[length:]}"
