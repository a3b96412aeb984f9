"""An application from its first line: what kind it is, and who is in the household."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.intake.codes import (
    PARTIES,
    Channel,
    Corrected,
    Kind,
    Part,
    Relation,
    Residence,
    State,
)
from applications.intake.models import Application, Member, MemberCode
from applications.intake.services.common import (
    TEXTS,
    acting,
    clean_words,
    handled,
    in_state,
    locked,
    refuse_gone,
    refuse_held,
    refuse_standing,
    refused_at,
    require,
    told,
    whose_change,
)
from applications.intake.services.papers import forget_files
from registry.households.rules import HetuRegime, Situation, hetu_regime
from registry.households.services import Ground, Newcomer
from registry.households.services.households import HETU_REFUSED, keep_ground
from registry.persons import services as persons
from registry.persons.models import FormerCodeReason, Identity, IdentityKind, Person, Source
from registry.persons.queries.majority import is_minor
from registry.persons.services import Code
from registry.persons.services.notices import note_named_by_another, note_source_elsewhere
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future

CHANGING = (State.DRAFT, State.RECEIVED, State.INCOMPLETE, State.VALID, State.OFFERED)
"""States in which what was told may be corrected: an accepted offer was made on it."""

FORM: Final = "lomake"
"""The source of what was typed in the long form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an application says beside its household and need; see `models.Application`."""

    channel: Channel
    received_on: date | None
    kind: Kind = Kind.NEW
    subsidised: bool = True
    assured_on: date | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """As what somebody is in the household; `hetu` and its `ground` go by the regime of codes.
    `consent_on` is when the guardians of somebody under age consented (huoltajan suostumus)."""

    part: Part
    relation: Relation | None = None
    residence: Residence | None = None
    hetu: str = field(default="", repr=False)
    ground: Ground | None = None
    consent_on: date | None = None


@transaction.atomic
def begin(applicant: Person, details: Details, *, form: str = "", today: date) -> Application:
    """Begin an application of an applicant (hakemuksen kirjaaminen); it is a draft until received.

    A second application of somebody may be begun: what becomes of the first is asked when this one
    is received. `form` is the number of the long form it was typed in, kept as its source: the
    database lets one form begin one application, however often it is sent.
    Raises ValidationError at the field, and for somebody dead or under restriction.
    """
    require(Group.NEED, Group.HOUSEHOLD)
    refuse_standing(applicant, today)
    row = Application(made_by_id=acting(), source=FORM if form else "", source_id=form)
    _fill(row, details, today)
    with constraint_errors(Application, TEXTS):
        row.save(force_insert=True)
    row.refresh_from_db(fields=["number"])
    _save_member(Member(application=row, person=applicant, part=Part.APPLICANT))
    return row


@transaction.atomic
def change_details(
    application: Application, details: Details, *, whose: Corrected | None = None, today: date
) -> Application:
    """Correct what kind of application it is. Raises ValidationError as `begin`.

    When it turns out to ask for no state-subsidised flat, the codes that only the decree demanded
    are erased (KHO:2023:56).
    """
    require(Group.NEED, Group.HOUSEHOLD)
    row = handled(application, today)
    in_state(row, *CHANGING)
    whose_change(row, whose)
    if row.state != State.DRAFT and details.received_on != row.received_on:
        text = _("Saapumispäivä ei muutu, kun hakemus on vastaanotettu.")
        raise refused_at("received_on", text, "received")
    _fill(row, details, today)
    with constraint_errors(Application, TEXTS):
        row.save()
    if not row.subsidised:
        for code in MemberCode.objects.filter(member__application=row):
            code.delete()
    told(row)
    return row


def _fill(row: Application, details: Details, today: date) -> None:
    for name in ("received_on", "assured_on", "signed_on"):
        refuse_future(name, getattr(details, name), today)
    for one in fields(Details):
        setattr(row, one.name, getattr(details, one.name))


@transaction.atomic
def discard(application: Application, *, today: date) -> None:
    """Take away a draft that was begun by mistake (luonnoksen poisto), with the files of its
    papers; its number is not given again. Raises ValidationError when it is no draft, and while
    the data of its household are held."""
    require(Group.NEED, Group.HOUSEHOLD)
    row = locked(application)
    in_state(row, State.DRAFT)
    refuse_held(row, today)
    forget_files(row.attachments.all(), today)
    row.delete()


# -- the household -------------------------------------------------------------------------------


@transaction.atomic
def add_member(
    application: Application,
    person: Person,
    membership: Membership,
    *,
    whose: Corrected | None = None,
    today: date,
) -> Member:
    """Somebody of the register is in the household too (jäsenen lisääminen).

    An identity code is kept as the regime says: of whoever signs as the person's own, of others in
    an application to a state-subsidised flat with the application alone, elsewhere for a reason
    (DP-A13). Whoever was named by the applicant is to be informed (article 14).
    Raises ValidationError at the field.
    """
    require(Group.NEED, Group.HOUSEHOLD)
    row = handled(application, today)
    in_state(row, *CHANGING)
    kept_as = whose_change(row, whose)
    if membership.part is Part.APPLICANT:
        raise refused_at("part", _("Hakemuksella on jo hakija."), "part")
    refuse_standing(person, today)
    _refuse_grown_away(person, membership.part, today)
    _judge_consent(person, membership.consent_on, today)
    member = Member(
        application=row, person=person, part=membership.part, relation=membership.relation or "",
        residence=membership.residence or "", consent_on=membership.consent_on,
        corrected=kept_as,
    )  # fmt: skip
    _save_member(member)
    keep_code(member, membership.hetu, membership.ground, today=today)
    note_named_by_another(person, Source.APPLICATION, today=today)
    told(row)
    return member


@transaction.atomic
def register_member(
    application: Application,
    newcomer: Newcomer,
    membership: Membership,
    *,
    whose: Corrected | None = None,
    today: date,
) -> Member:
    """Register somebody of the household who is not in the register yet. Raises ValidationError as
    `add_member`, and when neither a birth date nor a code is given."""
    require(Group.NEED, Group.HOUSEHOLD)
    born = newcomer.birth_date
    if membership.hetu:
        given = persons.check_code(
            IdentityKind.HETU, membership.hetu, today=today, justified=True
        ).birth_date
        if born not in (None, given):
            text = _("Syntymäaika ja henkilötunnus eivät täsmää.")
            raise refused_at("birth_date", text, "birth_date")
        born = given
    person = persons.register_person(newcomer.names, today=today)
    persons.record_identity(person, Code(IdentityKind.BIRTH_DATE, birth_date=born), today=today)
    note_source_elsewhere(person, Source.APPLICATION, today=today)
    return add_member(application, person, membership, whose=whose, today=today)


@transaction.atomic
def change_member(
    member: Member, membership: Membership, *, whose: Corrected | None = None, today: date
) -> Member:
    """Correct as what somebody is in the household. Raises ValidationError as `add_member`; the
    applicant stays the applicant."""
    require(Group.NEED, Group.HOUSEHOLD)
    row = handled(member.application, today)
    in_state(row, *CHANGING)
    refuse_gone(member)
    kept_as = whose_change(row, whose)
    if (membership.part is Part.APPLICANT) != (member.part == Part.APPLICANT):
        raise refused_at("part", _("Hakija ei vaihdu. Kirjaa uusi hakemus."), "part")
    _refuse_grown_away(member.person, membership.part, today)
    _judge_consent(member.person, membership.consent_on, today)
    member.part, member.relation = membership.part, membership.relation or ""
    member.residence, member.consent_on = membership.residence or "", membership.consent_on
    member.corrected = kept_as
    _save_member(member)
    if membership.hetu:
        keep_code(member, membership.hetu, membership.ground, today=today)
    told(row)
    return member


@transaction.atomic
def drop_member(member: Member, *, whose: Corrected | None = None, today: date) -> None:
    """Somebody is not in the household after all (jäsenen poisto), with what was told of them and
    their papers. Raises ValidationError for the applicant: nobody asks for a home for nobody; and
    while a file of theirs is held."""
    require(Group.NEED, Group.HOUSEHOLD)
    row = handled(member.application, today)
    in_state(row, *CHANGING)
    whose_change(row, whose)
    if member.part == Part.APPLICANT:
        text = _("Hakijaa ei voi poistaa: hakemuksella on aina hakija.")
        raise ValidationError(text, code="applicant")
    forget_files(row.attachments.filter(member=member), today)
    member.delete()
    told(row)


def _save_member(member: Member) -> None:
    clean_words(member)
    member.full_clean(exclude=["application", "person"], validate_constraints=False)
    with constraint_errors(Member, TEXTS):
        member.save()


def _refuse_grown_away(person: Person, part: Part, today: date) -> None:
    """Whoever lives elsewhere and is counted is a child."""
    if part is not Part.AWAY:
        return
    born = birth_date_of(person)
    if born is None:
        raise refused_at("part", _("Anna ensin lapsen syntymäaika."), "no_birth_date")
    if not is_minor(born, today):
        raise refused_at("part", _("Muualla asuva lapsi on alaikäinen."), "grown")


def _judge_consent(person: Person, day: date | None, today: date) -> None:
    """Guardians consent for whoever was a child on the day. Raises ValidationError at the field."""
    refuse_future("consent_on", day, today)
    born = birth_date_of(person) if day else None
    if day and (born is None or not is_minor(born, day)):
        text = _("Huoltajan suostumus kirjataan vain alaikäiselle.")
        raise refused_at("consent_on", text, "grown")


def birth_date_of(person: Person) -> date | None:
    """The birth date of a person, None when it is not known."""
    return (
        Identity.objects.filter(person=person, active=True)
        .values_list("birth_date", flat=True)
        .first()
    )


# -- identity codes ------------------------------------------------------------------------------


def keep_code(member: Member, hetu: str, ground: Ground | None, *, today: date) -> None:
    """Keep the identity code of a member as the regime table says (HK-TALOUSHETU); nothing when
    none was given. Raises ValidationError with the code `hetu_regime` when a birth date is
    enough."""
    if not hetu:
        return
    current().require(Group.HETU, Level.WRITE)
    code = persons.check_code(IdentityKind.HETU, hetu, today=today, justified=True)
    known = Identity.objects.filter(person=member.person, active=True).first()
    if known is not None and known.birth_date not in (None, code.birth_date):
        text = _("Syntymäaika ja henkilötunnus eivät täsmää.")
        raise refused_at("hetu", text, "birth_date")
    situation = (
        Situation.SUBSIDISED_APPLICATION
        if member.application.subsidised
        else Situation.FREE_APPLICATION
    )
    regime = hetu_regime(
        situation,
        is_minor=is_minor(code.birth_date, today),
        becomes_party=member.part in PARTIES,
        has_reason=ground is not None,
    )
    if regime is HetuRegime.REFUSED:
        raise refused_at("hetu", HETU_REFUSED, "hetu_regime")
    if regime is HetuRegime.SELECTION_ONLY:
        row = MemberCode.objects.filter(member=member).first() or MemberCode(member=member)
        row.hetu = code.code
        row.save()
        return
    if regime is HetuRegime.EXCEPTION and ground is not None:
        keep_ground(member.person, situation, ground)
    _keep_as_own(member.person, known, code.code, today)


def _keep_as_own(person: Person, known: Identity | None, code: str, today: date) -> None:
    """The code becomes the person's identity in the register."""
    given = Code(IdentityKind.HETU, code, justified=True)
    if known is None:
        persons.record_identity(person, given, today=today)
    elif known.kind == IdentityKind.BIRTH_DATE:
        persons.change_identity(person, given, reason=FormerCodeReason.CHANGED, today=today)
