"""The facts of households as their applications tell them (hakijaruokakuntien tiedot).

Read by the system when an application is assessed: permits and expected children are of class D,
so each is opened, and the event of the run says so. A fixed number of statements for any number of
applications.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from applications.intake.codes import (
    AssetKind,
    IncomeKind,
    LeftOut,
    Part,
    Period,
    Proof,
    Residence,
    Situation,
)
from applications.intake.models import (
    Application,
    Asset,
    Debt,
    Ground,
    Income,
    Member,
    Need,
    Permit,
    PresentHome,
)
from applications.selection.rules import facts
from registry.persons.models import Identity

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of an application, and where the household lives as far as it may be told."""

    facts: facts.Facts
    home_municipality: str


def known(applications: Iterable[Application]) -> dict[int, Known]:
    """What is known of applications, by their ids; those without a day of arrival are left out."""
    received = {one.pk: one for one in applications if one.received_on is not None}
    members = _grouped(
        Member.objects.filter(application__in=received).order_by("pk"), "application_id"
    )
    people = _people([one for several in members.values() for one in several])
    needs = {row.application_id: row for row in Need.objects.filter(application__in=received)}
    homes = {
        row.application_id: row for row in PresentHome.objects.filter(application__in=received)
    }
    grounds = _grouped(Ground.objects.filter(application__in=received), "application_id")
    return {
        pk: Known(
            facts.Facts(
                applied_on=_day(one.received_on),
                people=[people[member.pk] for member in members[pk]],
                situations=[Situation(ground.situation) for ground in grounds[pk]],
                home=_home(homes.get(pk)),
                unborn=_unborn(needs.get(pk)),
                away_counted=bool(needs[pk].away_reason) if pk in needs else False,
            ),
            homes[pk].municipality if pk in homes else "",
        )
        for pk, one in received.items()
        if members[pk]
    }


def _day(day: date | None) -> date:
    if day is None:
        raise ValueError("a received application has its day")
    return day


def _grouped(rows: Iterable[Row], column: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _people(members: Collection[Member]) -> dict[int, facts.Person]:
    """Each member as the rules know a person, by the member's id."""
    ids = [one.pk for one in members]
    persons = [one.person_id for one in members]
    born = dict(
        Identity.objects.filter(person__in=persons, active=True).values_list(
            "person_id", "birth_date"
        )
    )
    permits = {row.member_id: row for row in Permit.objects.filter(member__in=ids)}
    incomes = _grouped(Income.objects.filter(member__in=ids).order_by("pk"), "member_id")
    assets = _grouped(Asset.objects.filter(member__in=ids).order_by("pk"), "member_id")
    debts = _grouped(Debt.objects.filter(member__in=ids).order_by("pk"), "member_id")
    left = {row.pk for rows in assets.values() for row in rows if row.left_out}
    return {
        one.pk: facts.Person(
            part=Part(one.part),
            born_on=born.get(one.person_id),
            residence=_residence(one, permits.get(one.pk)),
            permit=_permit(permits.get(one.pk)),
            incomes=_told(one.income_told, [_income(row) for row in incomes[one.pk]]),
            assets=_told(one.wealth_told, [_asset(row) for row in assets[one.pk]]),
            debts=[facts.Debt(row.euros, row.asset_id in left) for row in debts[one.pk]],
        )
        for one in members
    }


def _told(said: bool, rows: list[Row]) -> list[Row] | None:
    """The rows, if only none where that was said; None when nothing was said."""
    return rows if rows or said else None


def _income(row: Income) -> facts.Income:
    return facts.Income(IncomeKind(row.kind), row.euros, Period(row.period), row.since, row.until)


def _asset(row: Asset) -> facts.Asset:
    left_out = LeftOut(row.left_out) if row.left_out else None
    return facts.Asset(AssetKind(row.kind), row.euros, row.share, row.given_up_on, left_out)


def _residence(member: Member, permit: Permit | None) -> Residence | None:
    if permit is not None and permit.kind is not None:
        return Residence(permit.kind.reveal())
    return Residence(member.residence) if member.residence else None


def _permit(row: Permit | None) -> facts.Permit | None:
    if row is None or row.granted_from is None:
        return None
    last = row.granted_to.reveal() if row.granted_to is not None else None
    return facts.Permit(
        date.fromisoformat(row.granted_from.reveal()), date.fromisoformat(last) if last else None
    )


def _home(row: PresentHome | None) -> facts.PresentHome | None:
    """The home as far as it can be measured; None where a number is missing or makes no sense."""
    if row is None or row.rooms is None or not row.area_m2 or not row.residents:
        return None
    return facts.PresentHome(row.rooms, row.area_m2, row.residents)


def _unborn(row: Need | None) -> int:
    """One expected child, when its certificate was seen."""
    if row is None or row.expected_proof is None:
        return 0
    return int(row.expected_proof.reveal() == Proof.SEEN)
