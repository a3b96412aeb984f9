"""Register items (rekisterin tietosisältö) S1 … S10 and SY.

Source: data-protection specification, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Protection(StrEnum):
    """Protection class (suojausluokka): A ordinary, B confidential, C high, D special."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class RegisterItem:
    id: str
    code: str
    protection: Protection


_ROWS = [
    ("S5-01", "PT-NIMI", "A"), ("S5-02", "PT-HETU", "C"), ("S5-02b", "PT-SYNT", "A"),
    ("S5-03", "PT-OSOITE", "A"), ("S5-04", "PT-PUH", "A"), ("S5-05", "PT-EMAIL", "A"),
    ("S5-06", "HK-ASNRO", "A"), ("S5-07", "HK-ALKU", "A"), ("S5-00a", "PT-RYHMÄ", "A"),
    ("S5-00b", "PT-HIST", "A"), ("S5-36", "MU-ELÄMÄ", "D"),
    ("SY-01", "KÄYTTÄJÄ", "A"), ("SY-02", "LOKI", "A"), ("S1-01", "REKISTERINPITÄJÄ", "A"),
]  # fmt: skip
ITEMS = {code: RegisterItem(id_, code, Protection(p)) for id_, code, p in _ROWS}
