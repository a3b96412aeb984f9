"""What a row of the register description is made of, and the short forms it is written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypeVar

from vuokra.policy.basis import PURPOSE_BASES, Basis
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose, Role
from vuokra.policy.sources import Source
from vuokra.policy.text import Bilingual


class Protection(StrEnum):
    """Protection class (suojausluokka): A ordinary, B confidential, C high, D special."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class ItemKind(StrEnum):
    """What a register item is: data in a column, or something that no column can hold."""

    COLUMN = "column"
    SOURCE = "source"
    RECIPIENT = "recipient"
    PROTECTION = "protection"
    RIGHT = "right"
    PURPOSE = "purpose"
    CONTROLLER = "controller"


class State(StrEnum):
    """Whether the software does it already."""

    BUILT = "built"
    PLANNED = "planned"


class DataSubject(StrEnum):
    """Whom the data concern (rekisteröityjen ryhmät)."""

    HA = "HA"
    KH = "KH"
    VU = "VU"
    KV = "KV"
    AS = "AS"
    LA = "LA"
    HU = "HU"
    EV = "EV"
    TA = "TA"
    MS = "MS"
    TU = "TU"
    KÄ = "KÄ"

    @property
    def text(self) -> Bilingual:
        """The group of people in words."""
        return SUBJECT_TEXTS[self]


SUBJECT_TEXTS: dict[DataSubject, Bilingual] = {
    DataSubject.HA: Bilingual("hakija", "applicant"),
    DataSubject.KH: Bilingual("kanssahakija", "co-applicant"),
    DataSubject.VU: Bilingual("vuokralainen", "tenant"),
    DataSubject.KV: Bilingual("kanssavuokralainen", "co-tenant"),
    DataSubject.AS: Bilingual("muu asukas", "other resident"),
    DataSubject.LA: Bilingual("lapsi", "child"),
    DataSubject.HU: Bilingual("huoltaja", "guardian of a child"),
    DataSubject.EV: Bilingual("edunvalvoja tai edunvalvontavaltuutettu", "legal guardian"),
    DataSubject.TA: Bilingual("takaaja", "guarantor"),
    DataSubject.MS: Bilingual("maksusitoumuksen antaja", "giver of a payment commitment"),
    DataSubject.TU: Bilingual("tukitahon yhteyshenkilö", "contact of a support body"),
    DataSubject.KÄ: Bilingual("käyttäjä", "user of the software"),
}

EVERYBODY = "HA KH VU KV AS LA HU EV TA MS TU"
ADULTS = "HA KH VU KV AS HU EV TA MS TU"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterItem:
    """One row of the register description.

    `group` is the field group in which the item lies and whose rights guard it; `also` are groups
    that hold a part of it (a protected address, the number of residents on a work order).
    `protection` is the class of an ordinary value, `stricter` the class of those values that
    `note` tells of. `basis` holds what comes on top of the bases of the purposes. No source means
    that the register makes the item itself. `proof` names what shows that an item is built when no
    column can show it: a dotted name in the code, or `settings.NAME`.
    """

    id: str
    code: str
    kind: ItemKind
    title: Bilingual
    more_codes: tuple[str, ...] = ()
    group: Group | None = None
    also: tuple[Group, ...] = ()
    protection: Protection | None = None
    stricter: Protection | None = None
    basis: tuple[Basis, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    subjects: tuple[DataSubject, ...] = ()
    seen_by: tuple[Role, ...] = ()
    retention: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    state: State = State.PLANNED
    proof: tuple[str, ...] = ()
    note: str = ""

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every field group that holds some of the item."""
        return (*((self.group,) if self.group else ()), *self.also)

    @property
    def legal_bases(self) -> tuple[Basis, ...]:
        """The item's own bases and those of its purposes, each once, in that order."""
        of_purposes = (basis for purpose in self.purposes for basis in PURPOSE_BASES[purpose])
        return tuple(dict.fromkeys((*self.basis, *of_purposes)))

    @property
    def special(self) -> bool:
        """Whether it is, or may be, data of a special category or treated as such."""
        return Protection.D in (self.protection, self.stricter)

    @property
    def built(self) -> bool:
        return self.state is State.BUILT


Code = TypeVar("Code", bound=Enum)


def _codes(kind: type[Code], text: str, prefix: str = "") -> tuple[Code, ...]:
    return tuple(kind(prefix + word) for word in text.split())


def column(
    id: str,
    code: str,
    fi: str,
    en: str,
    classes: str,
    *,
    group: Group | None,
    purposes: str,
    subjects: str,
    seen: str,
    retention: str,
    sources: str = "",
    also: Iterable[Group] = (),
    basis: Iterable[Basis] = (),
    built: bool = False,
    note: str = "",
) -> RegisterItem:
    """An item held in columns. `classes` is the class, or class and stricter class: "B D".

    Lists are written as words: purposes "P1 P3", subjects "HA VU", roles "HAK SOP", retention
    codes "R2 R6", sources "HAK DVV". Raises ValueError for a word that is no such code.
    """
    protection, stricter = (*_codes(Protection, classes), None, None)[:2]
    return RegisterItem(
        id=id,
        code=code,
        kind=ItemKind.COLUMN,
        title=Bilingual(fi, en),
        group=group,
        also=tuple(also),
        protection=protection,
        stricter=stricter,
        basis=tuple(basis),
        purposes=_codes(Purpose, purposes),
        subjects=_codes(DataSubject, subjects),
        seen_by=_codes(Role, seen),
        retention=tuple(retention.split()),
        sources=_codes(Source, sources, "SRC-"),
        state=State.BUILT if built else State.PLANNED,
        note=note,
    )


def duty(
    kind: ItemKind,
    id: str,
    code: str,
    fi: str,
    en: str,
    *,
    note: str,
    purposes: str = "",
    basis: Iterable[Basis] = (),
    more_codes: Iterable[str] = (),
    retention: str = "",
    proof: Iterable[str] = (),
) -> RegisterItem:
    """An item that no column holds; it is built when it names its proof."""
    proofs = tuple(proof)
    return RegisterItem(
        id=id,
        code=code or id,
        kind=kind,
        title=Bilingual(fi, en),
        more_codes=tuple(more_codes),
        basis=tuple(basis),
        purposes=_codes(Purpose, purposes),
        retention=tuple(retention.split()),
        state=State.BUILT if proofs else State.PLANNED,
        proof=proofs,
        note=note,
    )
