"""What a choice was made from, kept so that it can be played again (valinnan tilannekuva).

Households stand under random ids: who they are is kept elsewhere and for a shorter time. The rows
of the rules are kept with their values, so that neither a new rule nor a changed applicant alters
what the order was. Source: specification, sections 11 and 11.2; VNa 166/2008 5 §.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from typing import Any, Final, TypeAlias

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import Situation
from applications.selection.rule_rows import LOCAL_FIRST, ORDER
from applications.selection.rules import income
from applications.selection.rules.assessing import Assessment, Figure
from applications.selection.rules.exceptions import Waiver
from applications.selection.rules.findings import Finding, Outcome, Reason, Test
from applications.selection.rules.judging import NO_WAIVER, Flat, Judgement, judge
from applications.selection.rules.need import Urgency
from applications.selection.rules.ranking import Policy, Standing, places, standing
from applications.selection.rules.regimes import Regime
from applications.selection.rules.wealth import WealthTable
from leases.homes.models import Funding, SpecialGroup
from vuokra.policy.text import Bilingual
from vuokra.rules.errors import RuleMissing
from vuokra.rules.kinds import read, written
from vuokra.rules.lookup import Lookup, Why
from vuokra.rules.queries import RuleValue
from vuokra.rules.registry import spec

Frozen: TypeAlias = "dict[str, Any]"
"""A snapshot as JSON keeps it: texts, numbers, truth values, lists and mappings of them."""


class Written(dict[str, Any]):
    """A snapshot that does not change any more, with its one written form: written once, hashed and
    kept."""

    @cached_property
    def text(self) -> str:
        """As JSON, in the one order that its digest is of."""
        return json.dumps(self, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class AsWritten(json.JSONEncoder):
    """Keeps a snapshot as it was written for its digest; anything else as always."""

    def encode(self, o: object) -> str:
        """The text of a value."""
        return o.text if isinstance(o, Written) else super().encode(o)


FORM: Final = 1
"""The form of snapshots; a later form is another number, and older ones stay readable."""


class Change(models.TextChoices):
    """What of a chosen household may be another than was compared (muuttunut tieto)."""

    HEADS = "heads", _("ruokakunnan koko")
    INCOME = "income", _("tulot")
    WEALTH = "wealth", _("varallisuus")
    NEED = "need", _("asunnontarve")
    RESIDENCE = "residence", _("oleskelun peruste")
    AGE = "age", _("hakijan ikä")
    GROUP = "group", _("kuuluminen erityisryhmään")


CHANGES: Final[Mapping[Change, tuple[str, ...]]] = {
    Change.HEADS: ("persons", "adults", "children"),
    Change.INCOME: ("income", "income_missing"),
    Change.WEALTH: ("wealth", "wealth_missing"),
    Change.NEED: ("urgency", "situations"),
    Change.RESIDENCE: ("residence",),
    Change.AGE: ("age",),
}
"""What of the kept facts tells each, belonging to a special group aside; a birthday may change the
size, as grown-ups and children are counted, and where one lives now is none of them."""


class Unreadable(ValueError):
    """The snapshot is of a form that this version does not know."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A household that was compared, under a random id, and what was let by for it.

    `versions` are the rows of rules by which it was assessed, as key and version. `passed` is the
    code why it was passed over for this flat. `in_group` tells whether it was shown to belong to
    the flat's special group, None when nothing was.
    """

    id: str
    household: Assessment
    waiver: Waiver = NO_WAIVER
    in_group: bool | None = None
    versions: Sequence[tuple[str, int]] = ()
    passed: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a household stood (sija), and how its tests ended."""

    id: str
    place: int
    standing: Standing
    judgement: Judgement


@dataclass(slots=True)
class Noting:
    """Looks rows up and notes each row that was found (käytetyt säännöt)."""

    rule: Lookup
    rows: dict[str, RuleValue] = field(default_factory=dict)

    def __call__(self, key: str, on: date) -> RuleValue:
        """The row that holds on a day. Raises RuleMissing."""
        row = self.rule(key, on)
        self.rows[key] = row
        return row


@dataclass(frozen=True, slots=True)
class KeptRows:
    """The rows of a snapshot, found by key whatever the day: they held on its day."""

    rows: Mapping[str, RuleValue]

    def __call__(self, key: str, on: date) -> RuleValue:
        """The kept row. Raises RuleMissing when there was none."""
        try:
            return self.rows[key]
        except KeyError:
            raise RuleMissing(key, spec(key).title, on) from None


def order(
    rule: Lookup, flat: Flat, compared: Sequence[Compared], policy: Policy, on: date
) -> list[Place]:
    """Every household in the order in which it stands for a flat; equal ones by their ids. Raises
    RuleMissing."""
    judged = [
        judge(rule, one.household, flat, on, waiver=one.waiver, in_group=one.in_group)
        for one in compared
    ]
    stands = [_standing(one, found) for one, found in zip(compared, judged, strict=True)]
    found_places = places(stands, policy)
    rows = zip(compared, found_places, stands, judged, strict=True)
    placed = [Place(one.id, place, stand, found) for one, place, stand, found in rows]
    return sorted(placed, key=lambda one: (one.place, one.id))


def _standing(one: Compared, judged: Judgement) -> Standing:
    size = judged[Test.SIZE].outcome
    return standing(
        one.household,
        eligible=judged.eligible,
        fits=size in (Outcome.PASS, Outcome.NOT_ASKED),
        wealth_limit=judged[Test.WEALTH].limit,
    )


def freeze(
    rule: Lookup, flat: Flat, compared: Sequence[Compared], policy: Policy, on: date,
    left_out: int = 0,
) -> Frozen:  # fmt: skip
    """The snapshot of a comparison on a day; `left_out` tells how many applications were not
    compared as their processing is restricted. Raises RuleMissing."""
    noting = Noting(cache(rule))  # each row is asked of for every household
    placed = {one.id: one for one in order(noting, flat, compared, policy, on)}
    for one in compared:  # what the limit is made of, so that it can be worked out again
        if one.household.adults is not None and one.household.children is not None:
            income.limit(noting, one.household.adults, one.household.children, on)
    for key in (ORDER, LOCAL_FIRST):
        noting(key, on)
    households = sorted(compared, key=lambda one: (placed[one.id].place, one.id))
    return {
        "form": FORM,
        "on": on.isoformat(),
        "flat": _flat_out(flat),
        "policy": {"order": policy.order, "local_first": policy.local_first},
        "rules": [_row_out(row) for _, row in sorted(noting.rows.items())],
        "compared": [_household_out(one, placed[one.id]) for one in households],
    } | ({"left_out": left_out} if left_out else {})


def digest(frozen: Frozen) -> str:
    """SHA-256 of the snapshot in its one written form, in hexadecimal."""
    written = frozen if isinstance(frozen, Written) else Written(frozen)
    return hashlib.sha256(written.text.encode()).hexdigest()


def group_of(frozen: Frozen) -> SpecialGroup:
    """For whom the flat was meant on the day of the choice."""
    return SpecialGroup(frozen["flat"]["group"])


def changes(
    frozen: Frozen, chosen: str, household: Assessment, in_group: bool | None = None
) -> list[Change]:
    """What of the household that stands under an id is not as it was compared (muuttuneet tiedot);
    nothing when it was not compared. `in_group` tells whether it is shown to belong to the flat's
    special group now."""
    kept = next((one for one in frozen["compared"] if one["id"] == chosen), None)
    if kept is None:
        return []
    now = _facts_out(household)
    found = [
        change for change, names in CHANGES.items()
        if any(not _same(kept[name], now[name]) for name in names)
    ]  # fmt: skip
    other_group = group_of(frozen) and _in_group(kept) != in_group
    return [*found, Change.GROUP] if other_group else found


def barred_now(
    rule: Lookup, frozen: Frozen, chosen: str, household: Assessment, in_group: bool | None = None
) -> list[Finding]:
    """Which tests the household that stands under an id does not meet any more, with what was let
    by for it when it was chosen and by the rules of that day. Raises RuleMissing."""
    on, flat = date.fromisoformat(frozen["on"]), _flat_in(frozen["flat"])
    kept = next(one for one in frozen["compared"] if one["id"] == chosen)
    found = judge(rule, household, flat, on, waiver=_waiver_in(kept), in_group=in_group)
    return found.barring


def _same(kept: object, now: object) -> bool:
    """Sums are the same by their value: 1000 is 1000.00."""
    if isinstance(kept, str) and isinstance(now, str) and kept != now:
        try:
            return Decimal(kept) == Decimal(now)
        except InvalidOperation:
            return False
    return kept == now


def replay(frozen: Frozen) -> list[Place]:
    """The order worked out anew from what the snapshot keeps. Raises Unreadable."""
    if frozen.get("form") != FORM:
        raise Unreadable("the form of the snapshot is not known")
    on = date.fromisoformat(frozen["on"])
    rule = KeptRows({row["key"]: _row_in(row) for row in frozen["rules"]})
    compared = [_household_in(rule, one, on) for one in frozen["compared"]]
    return order(rule, _flat_in(frozen["flat"]), compared, Policy(**frozen["policy"]), on)


def agrees(frozen: Frozen) -> bool:
    """Whether the order worked out anew is the one that was kept, and every test ended alike."""
    return _as_kept(frozen, replay(frozen))


def _as_kept(frozen: Frozen, places: Sequence[Place]) -> bool:
    kept = [(one["id"], one["place"], one["findings"]) for one in frozen["compared"]]
    return kept == [(one.id, one.place, _findings_out(one.judgement)) for one in places]


def played(frozen: Frozen, kept: str) -> list[Place]:
    """The order worked out anew from a snapshot that is what was hashed when it was kept, and whose
    order is the same again; empty for any other (uudelleen laskettu järjestys). Raises
    Unreadable."""
    if digest(frozen) != kept:
        return []
    places = replay(frozen)
    return places if _as_kept(frozen, places) else []


def intact(frozen: Frozen, kept: str) -> bool:
    """Whether a snapshot is what was hashed when it was kept, and its order the same again."""
    return bool(played(frozen, kept))


# -- in and out -----------------------------------------------------------------------------------


def _sum_out(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _sum_in(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _flat_out(flat: Flat) -> Frozen:
    regime, table = flat.regime, flat.wealth_table
    return {
        "rooms": flat.rooms,
        "funding": regime.funding.value,
        "group": regime.group.value,
        "asks": {"need": regime.need, "wealth": regime.wealth, "income_limit": regime.income_limit},
        "wealth_table": table
        and {
            "amounts": {str(persons): str(euros) for persons, euros in table.amounts.items()},
            "step": str(table.step_eur),
            "decision": table.decision,
        },
    }


def _flat_in(kept: Frozen) -> Flat:
    table = kept["wealth_table"]
    return Flat(
        Regime(Funding(kept["funding"]), SpecialGroup(kept["group"]), **kept["asks"]),
        kept["rooms"],
        table
        and WealthTable(
            {int(persons): Decimal(euros) for persons, euros in table["amounts"].items()},
            Decimal(table["step"]),
            table["decision"],
        ),
    )


def _row_out(row: RuleValue) -> Frozen:
    return {
        "key": row.key,
        "version": row.version,
        "value": written(spec(row.key).kind, row.value),
        "from": row.valid_from.isoformat(),
        "source": row.source,
    }


def _row_in(kept: Frozen) -> RuleValue:
    rule = spec(kept["key"])
    return RuleValue(
        key=rule.key,
        value=read(rule.kind, kept["value"]),
        unit=rule.unit,
        version=kept["version"],
        valid_from=date.fromisoformat(kept["from"]),
        valid_until=None,
        source=kept["source"],
        note="",
        title=rule.title,
        label=_label(rule.choices, kept["value"]),
        confirmed=True,
        used=True,
    )


def _label(choices: Mapping[str, Bilingual], value: str) -> Bilingual | None:
    return choices.get(value)


def _findings_out(judged: Judgement) -> dict[str, list[str]]:
    return {one.test.value: [one.outcome.value, one.reason.value] for one in judged.findings}


def _facts_out(found: Assessment) -> Frozen:
    """What a household's application comes to, as far as it is asked about anybody."""
    return {
        "persons": found.persons,
        "adults": found.adults,
        "children": found.children,
        "income": _sum_out(found.income.euros),
        "income_missing": found.income.missing.value,
        "wealth": _sum_out(found.wealth.euros),
        "wealth_missing": found.wealth.missing.value,
        "urgency": found.urgency and found.urgency.urgency,
        "situations": [one.value for one in found.urgency.deciding] if found.urgency else [],
        "residence": [found.residence.outcome.value, found.residence.reason.value],
        "age": [found.age.outcome.value, found.age.reason.value],
        "moved_for_work": found.moved_for_work,
        "local": found.local,
    }


def _household_out(one: Compared, placed: Place) -> Frozen:
    found = one.household
    return (
        _facts_out(found)
        | {
            "id": one.id,
            "place": placed.place,
            "findings": _findings_out(placed.judgement),
            "limit": _sum_out(found.limit.euros),
            "wealth_limit": _sum_out(placed.judgement[Test.WEALTH].limit),
            "waived": [name for name in WAIVED if getattr(one.waiver, name)],
            "group_proven": one.in_group is True,
            "assessed_by": [[key, version] for key, version in one.versions],
            "passed": one.passed,
        }
        | ({"group_denied": True} if one.in_group is False else {})
    )


WAIVED: Final = ("need", "wealth", "income_limit", "order")


def _household_in(rule: Lookup, kept: Frozen, on: date) -> Compared:
    urgency = kept["urgency"]
    household = Assessment(
        persons=kept["persons"],
        adults=kept["adults"],
        children=kept["children"],
        income=Figure(_sum_in(kept["income"]), Reason(kept["income_missing"])),
        limit=_limit_in(rule, kept, on),
        wealth=Figure(_sum_in(kept["wealth"]), Reason(kept["wealth_missing"])),
        urgency=urgency
        and Urgency(urgency, tuple(Situation(code) for code in kept["situations"]), ()),
        residence=_finding_in(Test.RESIDENCE, kept["residence"]),
        age=_finding_in(Test.AGE, kept["age"]),
        moved_for_work=kept["moved_for_work"],
        local=kept["local"],
    )
    versions = [(key, version) for key, version in kept["assessed_by"]]
    return Compared(
        kept["id"], household, _waiver_in(kept), _in_group(kept), versions, kept["passed"]
    )


def _in_group(kept: Frozen) -> bool | None:
    """Whether the household was shown to belong to the flat's group; earlier snapshots tell of no
    proof that showed another thing."""
    if kept["group_proven"]:
        return True
    return False if kept.get("group_denied") else None


def _waiver_in(kept: Frozen) -> Waiver:
    need, wealth, limit, order_ = (name in kept["waived"] for name in WAIVED)
    return Waiver(need, wealth, limit, order_)


def _limit_in(rule: Lookup, kept: Frozen, on: date) -> Figure:
    """The income limit worked out anew from the kept rows."""
    if kept["adults"] is None:
        return Figure(None, Reason.BORN_UNKNOWN)
    found = income.limit(rule, kept["adults"], kept["children"], on)
    why: Why = found.why if found else ()
    return Figure(found.euros if found else None, why=why)


def _finding_in(test: Test, kept: Sequence[str]) -> Finding:
    outcome, reason = kept
    return Finding(test, Outcome(outcome), Reason(reason))
