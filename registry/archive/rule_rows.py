"""Which paper may be destroyed once it has been scanned, though its retention goes on (S8-02).

Paper that a law wants kept is kept: the scan is not the original unless the company decides, for a
reason that stands with the rule, that it may be.
"""

from __future__ import annotations

from typing import Final

from registry.archive.rules import KINDS
from vuokra.policy.retention import RETENTION
from vuokra.policy.text import Bilingual
from vuokra.rules.registry import BEGIN, Kind, Seed, Spec, name_room, register

ROOM: Final = "archive"
USE: Final = Bilingual(
    "Skannatun paperin tuhoaminen ennen säilytysajan päättymistä",
    "Destroying scanned paper before its retention ends",
)
NAMES: Final = {
    "application": Bilingual("asuntohakemus", "application for a flat"),
    "refused_papers": Bilingual("hylätyn hakemuksen liitteet", "enclosures, unsuccessful"),
    "chosen_papers": Bilingual("hyväksytyn hakemuksen liitteet", "enclosures, successful"),
    "lease": Bilingual("vuokrasopimus liitteineen", "lease with enclosures"),
    "letters": Bilingual("kirjeenvaihto", "letters"),
    "vouchers": Bilingual("tositteet", "vouchers"),
    "collection": Bilingual("perinnän asiakirjat", "documents of collection"),
    "guardianship": Bilingual("edunvalvonnan asiakirjat", "documents of guardianship"),
    "support": Bilingual("asumisen tuen asiakirjat", "documents of housing support"),
    "consent": Bilingual("suostumukset ja kiellot", "consents and objections"),
    "ban": Bilingual("turvakiellon asiakirjat", "documents of turvakielto"),
    "request": Bilingual("tietopyynnön asiakirjat", "documents of a request"),
}
"""Kinds of paper as their rules name them."""


def scanned(kind: str) -> str:
    """The key of the rule of a kind of paper."""
    return f"{ROOM}.scanned.{kind}"


def register_rules() -> None:
    """Called from AppConfig.ready. Where the company chose the length, the scan is enough."""
    name_room(ROOM, Bilingual("Paperiarkisto", "Paper archive"))
    for kind, papers in KINDS.items():
        name, chosen = NAMES[kind], RETENTION[papers.retention].chosen
        register(
            Spec(
                key=scanned(kind),
                title=Bilingual(
                    f"skannattu paperi saa tuhoutua: {name.fi}",
                    f"scanned paper may be destroyed: {name.en}",
                ),
                kind=Kind.BOOLEAN,
                note=USE,
                seeds=[Seed(BEGIN, chosen, source="Tietosuojamäärittely 4.7 S8-02 ja 5.3")],
            )
        )
