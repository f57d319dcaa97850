"""Numbers and yes/no as people type them, where a state file spells them otherwise: in the window and on the
command line the same.

One idea: words and digits that stand for one value alone are taken, such as 6 and .5 for a decimal; digits
that may stand for two are not, since 1,000 is a thousand to one and one to the other, but what would be taken
is said.

Not for numbers as files spell them (`json_text`), and not for dates and times (`typed_times`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from math import isinf

from persistence.values.json_text import ForeignNumber, parse_text

YES_NO: Mapping[str, bool] = {
    "yes": True, "y": True, "true": True, "on": True, "no": False, "n": False, "false": False, "off": False,
}  # fmt: skip
"""In lower case, as are those below."""
NOT_FINITE: Mapping[str, str] = {
    "nan": "nan",
    **{f"{sign}{word}": f"{sign.strip('+')}inf" for sign in ("", "+", "-") for word in ("inf", "infinity")},
}
"""By what is typed, what stands in the tag `float`."""
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?[eE]\+?[0-9]{1,2}")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:([,'_ ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_POINTS_IN_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+")
_OTHER_BASE = re.compile(r"[+-]?0(?:[xX][0-9a-fA-F]{1,16}|[bB][01]{1,64}|[oO][0-7]{1,21})")
_ONE_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")


_WHOLE = re.compile(r"([+-]?)([0-9]+)")
_MAY_BE_FAR = re.compile(r"[0-9][eE]|[0-9]{309}")
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")


def whole_token(text: str) -> str | None:
    """The text as a JSON number that is an integer; None when it is no such number."""
    match = _WHOLE.fullmatch(text)
    digits = match[2].lstrip("0") if match else ""
    return match and ((match[1].strip("+") + digits) if digits else "0")


def decimal_token(text: str) -> str | None:
    """The text as a JSON number that is a decimal, however short it was typed; None when it is no number."""
    match = _DECIMAL.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        return None
    sign, whole, part, exponent = match.groups()
    point = "" if part is None and exponent else f".{part or '0'}"
    return f"{sign.strip('+')}{whole.lstrip('0') or '0'}{point}{f'e{exponent}' if exponent else ''}"


def out_of_range(token: str) -> str:
    """Why a decimal cannot be held as it is typed; empty when it can."""
    if isinf(float(token)):
        return "This number is too large for a decimal."
    if float(token) == 0 and re.search("[1-9]", re.split("[eE]", token)[0]):
        return "This number is too small for a decimal."
    return ""


def in_digits(text: str) -> str:
    """The usual digits of a whole number that is typed by others, as 0x10; empty where it is not."""
    return str(int(text, 0)) if _OTHER_BASE.fullmatch(text) else ""


def overflows(text: str) -> bool:
    """Whether digits somewhere in typed JSON would be read as infinite, which nobody has called them."""
    if "Infinity" in text or "NaN" in text or not _MAY_BE_FAR.search(text):
        return False
    try:
        parse_text(text, foreign_numbers=False)
    except ForeignNumber:
        return True
    return False


def whole_slip(text: str) -> str:
    """What is wrong with a text that may be meant as a whole number; empty where that cannot be said."""
    if re.fullmatch(r"[+-]?[1-9][0-9]*([,.'_ ][0-9]{3})+", text):
        return f"Use digits only: {re.sub('[^0-9+-]', '', text)}"
    if digits := in_digits(text):
        return f"Use digits only: {digits}"
    if _EXPONENT.fullmatch(text) and (number := Decimal(text)) == number.to_integral_value():
        return f"Use digits only: {number:.0f}"
    return ""


def decimal_slip(text: str) -> str:
    """What is wrong with the digits of a number that may have a point; empty where that cannot be said."""
    if digits := in_digits(text):
        return f"Use digits only: {digits}"
    if _ONE_COMMA.fullmatch(text):
        return f"Type {text.replace(',', '')}, or {text.replace(',', '.')} if the comma is a decimal point."
    if _GROUPED.fullmatch(text):
        return f"Digits and a point only: {re.sub('[^0-9.+-]', '', text)}"
    if _POINTS_IN_GROUPS.fullmatch(text):
        return f"Digits and a point only: {text.replace('.', '').replace(',', '.')}"
    return ""
