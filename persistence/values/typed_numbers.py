"""Numbers and yes/no as people type them, where a state file spells them otherwise: in the window and on the
command line the same.

One idea: words that stand for one value alone are taken; digits that are typed in another way are not, since
1,000 is a thousand to one and one to the other, but what would be taken is said.

Not for numbers as files spell them (`json_text`), and not for dates and times (`typed_times`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

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
_ONE_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")


def whole_slip(text: str) -> str:
    """What is wrong with a text that may be meant as a whole number; empty where that cannot be said."""
    if re.fullmatch(r"[+-]?[1-9][0-9]*([,.'_ ][0-9]{3})+", text):
        return f"Use digits only: {re.sub('[^0-9+-]', '', text)}"
    if _EXPONENT.fullmatch(text) and (number := Decimal(text)) == number.to_integral_value():
        return f"Use digits only: {number:.0f}"
    return ""


def decimal_slip(text: str) -> str:
    """What is wrong with the digits of a number that may have a point; empty where that cannot be said."""
    if _ONE_COMMA.fullmatch(text):
        return f"Type {text.replace(',', '')}, or {text.replace(',', '.')} if the comma is a decimal point."
    if _GROUPED.fullmatch(text):
        return f"Digits and a point only: {re.sub('[^0-9.+-]', '', text)}"
    if _POINTS_IN_GROUPS.fullmatch(text):
        return f"Digits and a point only: {text.replace('.', '').replace(',', '.')}"
    return ""
