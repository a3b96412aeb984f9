"""Inspections: default rooms, what may be charged, how two records compare. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(models.TextChoices):
    """Which inspection (tarkastuksen laji)."""

    MOVE_IN = "move_in", gettext_lazy("Alkutarkastus")
    MOVE_OUT = "move_out", gettext_lazy("Lopputarkastus")
    BETWEEN = "between", gettext_lazy("Välitarkastus")


class Condition(models.TextChoices):
    """In what condition a part of a room is (kunto)."""

    GOOD = "good", gettext_lazy("Hyvä")
    WORN = "worn", gettext_lazy("Kulunut")
    DIRTY = "dirty", gettext_lazy("Likainen")
    BROKEN = "broken", gettext_lazy("Rikki")
    MISSING = "missing", gettext_lazy("Puuttuu")


class Cause(models.TextChoices):
    """To whom a remark belongs (luokka). Ordinary wear is not charged (AHVL 25 §)."""

    WEAR = "wear", gettext_lazy("Tavanomainen kuluminen")
    TENANT = "tenant", gettext_lazy("Vuokralaisen aiheuttama")
    LANDLORD = "landlord", gettext_lazy("Vuokranantajan korjattava")


class Agreed(models.TextChoices):
    """Whether the tenant agrees with a remark (hyväksyykö vuokralainen)."""

    UNKNOWN = "unknown", gettext_lazy("Ei tiedossa")
    YES = "yes", gettext_lazy("Kyllä")
    NO = "no", gettext_lazy("Ei")


class NextAction(models.TextChoices):
    """What is done next (jatkotoimi)."""

    NONE = "none", gettext_lazy("Ei toimenpiteitä")
    REPAIR = "repair", gettext_lazy("Korjataan")
    REPLACE = "replace", gettext_lazy("Vaihdetaan")
    CLEAN = "clean", gettext_lazy("Siivotaan")
    WATCH = "watch", gettext_lazy("Seurataan")


class State(models.TextChoices):
    """How far an inspection has come (tila)."""

    AGREED = "sovittu", gettext_lazy("Sovittu")
    DONE = "tehty", gettext_lazy("Tehty, odottaa allekirjoitusta")
    SIGNED = "allekirjoitettu", gettext_lazy("Allekirjoitettu")
    CANCELLED = "peruttu", gettext_lazy("Peruttu")


def state(*, done_on: date | None, signed_on: date | None, cancelled_on: date | None) -> State:
    """How far an inspection has come, from its days."""
    if cancelled_on is not None:
        return State.CANCELLED
    if signed_on is not None:
        return State.SIGNED
    return State.AGREED if done_on is None else State.DONE


BEDROOM = "Makuuhuone"
ROOMS = {
    "Eteinen": gettext_lazy("Eteinen"), "Keittiö": gettext_lazy("Keittiö"),
    "Olohuone": gettext_lazy("Olohuone"), BEDROOM: gettext_lazy("Makuuhuone"),
    "Kylpyhuone": gettext_lazy("Kylpyhuone"), "Sauna": gettext_lazy("Sauna"),
    "Parveke": gettext_lazy("Parveke"), "Varasto": gettext_lazy("Varasto"),
}  # fmt: skip
"""The Finnish name of a usual room → in the language of the paper."""


def default_rooms(rooms: int, *, sauna: bool, balcony: bool, store: bool) -> list[str]:
    """The rooms of a flat in the order in which one walks through them, by its type: of two rooms
    one is the living room."""
    names = [_("Eteinen"), _("Keittiö"), _("Olohuone")]
    bedrooms = max(rooms - 1, 0)
    names += [_("Makuuhuone")] if bedrooms == 1 else [
        _("Makuuhuone %(number)s") % {"number": number + 1} for number in range(bedrooms)
    ]  # fmt: skip
    names.append(_("Kylpyhuone"))
    names += [_("Sauna")] if sauna else []
    names += [_("Parveke")] if balcony else []
    names += [_("Varasto")] if store else []
    return names


def room_name(name: str) -> str:
    """The name of a room in the language of a paper: one of `default_rooms`, perhaps with its
    number, by which a flat was first listed in Finnish; a name that somebody wrote as it is."""
    word, _space, number = name.partition(" ")
    if not number:
        return str(ROOMS.get(word, name))
    return _("Makuuhuone %(number)s") % {"number": number} if word == BEDROOM else name


@dataclass(frozen=True, slots=True)
class Remark:
    """What is judged of a remark."""

    room: str
    part: str
    condition: Condition
    cause: Cause
    estimate_eur: Decimal | None = None
    agreed: Agreed = Agreed.UNKNOWN
    text: str = ""


def chargeable(cause: Cause) -> bool:
    """Whether a remark may be charged of the tenant: what the tenant caused, not wear (AHVL 25 §)
    nor what the landlord answers for."""
    return cause is Cause.TENANT


def charge(remarks: Iterable[Remark]) -> Decimal:
    """What is proposed to be charged: the estimates of what the tenant caused."""
    return sum(
        (one.estimate_eur for one in remarks if chargeable(one.cause) and one.estimate_eur),
        Decimal(0),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of a room when the tenant moved in and when moving out; None: no remark."""

    room: str
    part: str
    before: tuple[Remark, ...]
    after: tuple[Remark, ...]

    @property
    def was_there(self) -> bool:
        """Whether the part already had a fault when the tenant moved in."""
        return any(one.condition is not Condition.GOOD for one in self.before)

    @property
    def disputable(self) -> bool:
        """Whether something is charged that was there already when the tenant moved in."""
        return self.was_there and any(chargeable(one.cause) for one in self.after)


def compare(before: Sequence[Remark], after: Sequence[Remark]) -> list[Pair]:
    """Remarks of two inspections side by side, by room and part however they are written; in the
    order of the later record, then what only the earlier one has."""
    keys = list(dict.fromkeys(_key(one) for one in (*after, *before)))
    return [
        Pair(
            *_names(key, (*after, *before)),
            tuple(one for one in before if _key(one) == key),
            tuple(one for one in after if _key(one) == key),
        )
        for key in keys
    ]


def _key(one: Remark) -> tuple[str, str]:
    return one.room.strip().casefold(), one.part.strip().casefold()


def _names(key: tuple[str, str], known: Sequence[Remark]) -> tuple[str, str]:
    first = next(one for one in known if _key(one) == key)
    return first.room, first.part
