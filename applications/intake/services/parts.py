"""What an application tells: need, present home, wish, work, income, property, debts, permit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from applications.intake.codes import (
    Condition,
    Conveniences,
    Corrected,
    Proof,
    Residence,
    Tenure,
)
from applications.intake.models import (
    CLASS_A,
    Application,
    Asset,
    Debt,
    GivenFields,
    Ground,
    Income,
    Member,
    Need,
    Permit,
    PresentHome,
    Wish,
    Work,
)
from applications.intake.models.needs import (
    LANDLORD_LENGTH,
    NOTE_LENGTH,
    PLACE_LENGTH,
    WORDS_LENGTH,
)
from applications.intake.services.common import (
    TEXTS,
    clean_words,
    handled,
    in_state,
    lines,
    plain,
    refuse_gone,
    refuse_near,
    refused_at,
    require,
    told,
    whose_change,
)
from applications.intake.services.drafting import CHANGING
from vuokra.crypto.fields import SealedField
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.rules.days import refuse_future

GROUPS: Final[Mapping[type[GivenFields], Group]] = {
    Ground: Group.NEED,
    Wish: Group.NEED,
    Work: Group.ECONOMY,
    Income: Group.ECONOMY,
    Asset: Group.ECONOMY,
    Debt: Group.ECONOMY,
}
"""Parts that are written row by row, with the field group of each."""
NEVER_TO_COME: Final[Mapping[type[GivenFields], tuple[str, ...]]] = {
    Asset: ("given_up_on",),
    Ground: ("since",),
}
Part = TypeVar("Part", bound=GivenFields)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedGiven:
    """What the need says; see `models.Need`. A child that is expected has a day, and its
    certificate was seen or not. `keep_sealed`: what is sealed and was not told anew stays."""

    wished_on: date | None = None
    homeless_since: date | None = None
    must_move_by: date | None = None
    urgency_note: str = ""
    away_reason: str = ""
    own_words: str = field(default="", repr=False)
    expected_on: date | None = field(default=None, repr=False)
    expected_proof: Proof = field(default=Proof.TOLD, repr=False)
    keep_sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeGiven:
    """How the applicant lives now; see `models.PresentHome`."""

    tenure: Tenure
    municipality: str = ""
    landlord: str = ""
    moved_in: int | None = None
    rooms: int | None = None
    area_m2: Decimal | None = None
    residents: int | None = None
    cost_eur: Decimal | None = None
    condition: Condition | None = None
    conveniences: Conveniences | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitGiven:
    """By what permit somebody stays; no last day when it was granted for good."""

    kind: Residence
    granted_from: date | None = field(default=None, repr=False)
    granted_to: date | None = field(default=None, repr=False)
    shown_on: date | None = None


@transaction.atomic
def put(part: Part, *, whose: Corrected | None = None, today: date) -> Part:
    """Record or correct a part of an application that lies open (`GROUPS`): the row as it is to be.

    Once the application was received, `whose` tells whose correction it is; the change log keeps
    what was given. Raises ValidationError at the field concerned.
    """
    require(GROUPS[type(part)])
    row = handled(_application_of(part), today)
    in_state(row, *CHANGING)
    refuse_gone(part)
    _refuse_own_proof(row, getattr(part, "proof", None), today)
    part.corrected = whose_change(row, whose)
    for name in NEVER_TO_COME.get(type(part), ()):
        refuse_future(name, getattr(part, name), today)
    clean_words(part)
    _save(part)
    told(row)
    return part


def _refuse_own_proof(row: Application, proof: str | None, today: date) -> None:
    """Raises ValidationError when a proof was seen by whoever is tied to the household (A3): of a
    draft too, since nobody looks at it again."""
    if proof == Proof.SEEN:
        refuse_near(row, today)


@transaction.atomic
def drop(part: GivenFields, *, whose: Corrected | None = None, today: date) -> None:
    """Take a part out (rivin poisto); the change log keeps what was given."""
    require(GROUPS[type(part)])
    row = handled(_application_of(part), today)
    in_state(row, *CHANGING)
    whose_change(row, whose)
    part.delete()
    told(row)


def _application_of(part: GivenFields) -> Application:
    owner: Any = part
    found: Application = (
        owner.application if hasattr(owner, "application_id") else (owner.member.application)
    )
    return found


def _save(part: models.Model) -> None:
    left = [name for name in ("application", "member", "asset") if hasattr(part, f"{name}_id")]
    left += [one.name for one in part._meta.concrete_fields if isinstance(one, SealedField)]
    part.full_clean(exclude=left, validate_unique=False)
    with constraint_errors(type(part), TEXTS):
        part.save()


@transaction.atomic
def set_told(
    member: Member, *, income: bool, wealth: bool, whose: Corrected | None = None, today: date
) -> Member:
    """Whether all of a member's income, and all that is owned and owed, was told (kaikki on
    ilmoitettu), if only that there is none: what is missing is never nothing."""
    require(Group.ECONOMY, Group.HOUSEHOLD)
    row = handled(member.application, today)
    in_state(row, *CHANGING)
    refuse_gone(member)
    member.corrected = whose_change(row, whose)
    member.income_told, member.wealth_told = income, wealth
    member.save(update_fields=["income_told", "wealth_told", "corrected"])
    told(row)
    return member


# -- parts with sealed words ---------------------------------------------------------------------


@transaction.atomic
def set_need(
    application: Application, given: NeedGiven, *, whose: Corrected | None = None, today: date
) -> Need:
    """Record or correct when and why a home is needed. Words of the applicant, and that a child is
    expected, are sealed. Raises ValidationError at the field."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, *CHANGING)
    _refuse_own_proof(row, given.expected_proof if given.expected_on else None, today)
    need = Need.objects.filter(application=row).first() or Need(application=row)
    need.corrected = whose_change(row, whose)
    need.wished_on, need.must_move_by = given.wished_on, given.must_move_by
    need.homeless_since = given.homeless_since
    need.urgency_note = plain(given.urgency_note, "urgency_note", NOTE_LENGTH)
    need.away_reason = plain(given.away_reason, "away_reason", NOTE_LENGTH)
    words, expected = lines(given.own_words, "own_words", WORDS_LENGTH), given.expected_on
    if words or not given.keep_sealed:
        need.own_words = words or None
    if expected or not given.keep_sealed:
        need.expected_on = expected.isoformat() if expected else None
        need.expected_proof = str(given.expected_proof) if expected else None
    _save(need)
    told(row)
    return need


@transaction.atomic
def set_home(
    application: Application, given: HomeGiven, *, whose: Corrected | None = None, today: date
) -> PresentHome:
    """Record or correct how the applicant lives now. Municipality and landlord are sealed; they lie
    open besides unless somebody of the household is under turvakielto (7.3). Raises ValidationError
    at the field."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, *CHANGING)
    home = PresentHome.objects.filter(application=row).first() or PresentHome(application=row)
    home.corrected = whose_change(row, whose)
    for name in ("tenure", "moved_in", "rooms", "area_m2", "residents", "cost_eur"):
        setattr(home, name, getattr(given, name))
    home.condition, home.conveniences = given.condition or "", given.conveniences or ""
    town = plain(given.municipality, "municipality", PLACE_LENGTH)
    landlord = plain(given.landlord, "landlord", LANDLORD_LENGTH)
    hidden = row.members.exclude(part="away").filter(person__protected=True).exists()
    if town or landlord or not hidden:  # what is hidden was not shown: told anew, or it stays
        home.place = f"{town}\n{landlord}" if town or landlord else None
    home.municipality, home.landlord = ("", "") if hidden else (town, landlord)
    _save(home)
    told(row)
    return home


@transaction.atomic
def set_permit(
    member: Member, given: PermitGiven | None, *, whose: Corrected | None = None, today: date
) -> Permit | None:
    """Record by what permit somebody stays in Finland, or that it is by none: kind and days alone,
    all sealed (S5-25). Raises ValidationError at the field."""
    require(Group.PERMIT)
    row = handled(member.application, today)
    in_state(row, *CHANGING)
    whose_change(row, whose)
    known = Permit.objects.filter(member=member).first()
    if given is None:
        if known is not None:
            known.delete()
            told(row)
        return None
    _judge_permit(given, today)
    permit = known or Permit(member=member)
    permit.kind = str(given.kind)
    permit.granted_from = given.granted_from.isoformat() if given.granted_from else None
    permit.granted_to = given.granted_to.isoformat() if given.granted_to else None
    permit.shown_on = given.shown_on
    permit.save()
    if member.residence:
        member.residence = ""
        member.save(update_fields=["residence"])
    told(row)
    return permit


def _judge_permit(given: PermitGiven, today: date) -> None:
    refuse_future("shown_on", given.shown_on, today)
    if given.kind in CLASS_A:
        raise refused_at("kind", _("Tämä kirjataan henkilön oleskelun perusteeksi."), "kind")
    if given.kind is Residence.PERMIT and given.granted_from is None:
        raise refused_at("granted_from", _("Anna luvan alkamispäivä."), "granted_from")
    first, last = given.granted_from, given.granted_to
    if first and last and last < first:
        text = _("Päättymispäivä on ennen alkamispäivää.")
        raise refused_at("granted_to", text, "granted_to")
