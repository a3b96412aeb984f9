"""Numbers of applications as people say them on the telephone."""

from __future__ import annotations

import re
from typing import Final

_SAID: Final = re.compile(r"(?:[Hh][- ]?)?(?:(\d{4})[-/ ])?(\d{1,6})")
DIGITS: Final = 4


def number_of(said: str, year: int) -> str | None:
    """The number that was meant (hakemusnumero): `H-2026-0031`, `2026-31`, and of `year` `31`
    alone; None for what is none."""
    found = _SAID.fullmatch(said.strip())
    if found is None:
        return None
    return f"H-{found[1] or year}-{int(found[2]):0{DIGITS}}"
