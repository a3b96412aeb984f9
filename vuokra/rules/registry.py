"""Which rules there are: rooms register theirs in `AppConfig.ready`, from a file `rule_rows.py`.

register(
    Spec(
        key="dsr.answer_months",
        title=Bilingual("tietopyynnön vastausaika", "time to answer a request"),
        kind=Kind.INTEGER,
        unit=MONTHS,
        minimum=1,
        note=Bilingual("Tietopyyntöjen määräajat", "Deadlines of requests"),
        seeds=[Seed(date(2018, 5, 25), 1, source="(EU) 2016/679 12 artikla 3", evidence="V")],
    )
)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from vuokra.policy.text import Bilingual
from vuokra.rules.kinds import Kind, Value, written

__all__ = [
    "BEGIN",
    "DAYS",
    "EUROS",
    "MINUTES",
    "MONTHS",
    "NO_UNIT",
    "PERCENT",
    "SECONDS",
    "TIMES",
    "YEARS",
    "Effect",
    "KeyedBy",
    "Kind",
    "Proposed",
    "Seed",
    "Spec",
    "Value",
    "name_room",
    "register",
    "register_number",
    "rooms",
    "spec",
    "specs",
    "tell_effect",
]  # fmt: skip

NO_UNIT = Bilingual("", "")
SECONDS = Bilingual("s", "s")
MINUTES = Bilingual("min", "min")
DAYS = Bilingual("pv", "d")
MONTHS = Bilingual("kk", "months")
YEARS = Bilingual("v", "years")
TIMES = Bilingual("kertaa", "times")
EUROS = Bilingual("€", "€")
PERCENT = Bilingual("%", "%")

BEGIN = dt.date(2016, 1, 1)
"""From when a number holds that the company has chosen, unless it says otherwise."""

KEY_FORM = re.compile(r"[a-z_]+(\.[\w-]+)+")


class KeyedBy(StrEnum):
    """Whose date selects the row."""

    EVENT = "event"
    """The day of what is judged: receipt, due date, decision."""

    LEASE = "lease"
    """The day on which the lease was concluded."""

    @property
    def text(self) -> Bilingual:
        """In words."""
        return _KEYED_BY[self]


_KEYED_BY = {
    KeyedBy.EVENT: Bilingual("tapahtuman päivä", "the day of the event"),
    KeyedBy.LEASE: Bilingual("päivä, jona sopimus tehtiin", "the day the lease was concluded"),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A new value that is not saved yet, from its first day to its last; `last` is None where no
    end is known. `today` is the day on which it is looked at."""

    value: Value
    first: dt.date
    last: dt.date | None
    today: dt.date

    @property
    def integer(self) -> int:
        """The value as a whole number. Raises TypeError when it is of another kind."""
        if type(self.value) is not int:
            raise TypeError(f"{self.value!r} is no whole number")
        return self.value

    @property
    def begins(self) -> dt.date:
        """The first day, from today on, on which something is done by it."""
        return max(self.first, self.today)

    def holds(self, day: dt.date) -> bool:
        """Whether it would be the value of a day."""
        return self.first <= day and (self.last is None or day <= self.last)


Effect = Callable[[Proposed], list[str]]
"""What a new value would change, in sentences: counts and days, never people."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A row that the product brings along. `evidence` is V (checked against the source), K (general
    knowledge, not checked) or C (a choice of the company). `valid_until` is the last day of a value
    that holds for a stated period only, such as a reference rate."""

    valid_from: dt.date
    value: Value
    source: str
    note: str = ""
    evidence: str = "C"
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One rule: what it is called, what its values are, and which calculations use it.

    `note` names the calculations that use it. `effect` tells in the preview of the admin what a new
    value would change; a room may tell it later, by `tell_effect`. `choices` are the values of a
    CHOICE, by code. Where nothing works without a value (sign-in), it holds `always`: without a
    stated end.
    """

    key: str
    title: Bilingual
    kind: Kind
    unit: Bilingual = NO_UNIT
    keyed_by: KeyedBy = KeyedBy.EVENT
    note: Bilingual | str = ""
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    choices: Mapping[str, Bilingual] = field(default_factory=dict)
    seeds: Sequence[Seed] = ()
    effect: Effect | None = None
    always: bool = False

    @property
    def room(self) -> str:
        """The first part of the key: rules of one room are read together."""
        return self.key.partition(".")[0]

    def refusal(self, value: Value) -> str:
        """Why the value cannot be one of this rule: `type`, `range`, `choice`, or nothing."""
        try:
            written(self.kind, value)
        except TypeError:
            return "type"
        if self.kind is Kind.CHOICE and value not in self.choices:
            return "choice"
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            low, high = self.minimum, self.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                return "range"
        return ""


_specs: dict[str, Spec] = {}
_rooms: dict[str, Bilingual] = {}


def register(spec: Spec) -> None:
    """Add a rule. Raises ValueError for a key that is taken or malformed, or a wrong seed."""
    if spec.key in _specs or not KEY_FORM.fullmatch(spec.key):
        raise ValueError(f"{spec.key} is registered already or is no key.")
    for seed in spec.seeds:
        if problem := spec.refusal(seed.value):
            raise ValueError(f"{spec.key}: the seed of {seed.valid_from} has a wrong {problem}.")
        if seed.evidence not in ("V", "K", "C") or not seed.source:
            raise ValueError(f"{spec.key}: the seed of {seed.valid_from} has no source.")
    _specs[spec.key] = spec


def register_number(
    key: str,
    title: Bilingual,
    value: int,
    unit: Bilingual,
    source: str,
    *,
    note: Bilingual,
    evidence: str = "C",
    since: dt.date = BEGIN,
    minimum: int = 1,
    maximum: int | None = None,
    always: bool = False,
) -> None:
    """Add a rule whose values are whole numbers, with one row; the rest as in `Spec` and `Seed`."""
    register(
        Spec(
            key=key,
            title=title,
            kind=Kind.INTEGER,
            unit=unit,
            note=note,
            minimum=minimum,
            maximum=maximum,
            always=always,
            seeds=[Seed(since, value, source=source, evidence=evidence)],
        )
    )


def tell_effect(key: str, effect: Effect) -> None:
    """Say what tells the effect of a new value: the room that uses the rule knows it.

    Raises LookupError for a rule that nobody registered, ValueError where another tells it already.
    """
    one = spec(key)
    if one.effect is not None:
        raise ValueError(f"The effect of {key} is told already.")
    _specs[key] = replace(one, effect=effect)


def spec(key: str) -> Spec:
    """The rule of a key. Raises LookupError when nobody registered it."""
    try:
        return _specs[key]
    except KeyError:
        raise LookupError(f"Nobody registered the rule {key}.") from None


def name_room(code: str, title: Bilingual) -> None:
    """Say what the rules are called whose keys begin with `code`, in the list of the admin."""
    _rooms[code] = title


def rooms() -> list[tuple[str, str]]:
    """The first parts of keys with their names in the active language, by name."""
    codes = {one.room for one in _specs.values()}
    return sorted(((code, str(_rooms.get(code, code))) for code in codes), key=lambda room: room[1])


def specs() -> list[Spec]:
    """Every rule, by key; numbers in keys by their size."""
    return sorted(_specs.values(), key=lambda one: _natural(one.key))


def _natural(key: str) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", key)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
