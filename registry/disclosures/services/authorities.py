"""Requests of authorities, step by step (DP-A18)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.disclosures import queries
from registry.disclosures.models import (
    AskedPerson,
    AuthorityRequest,
    Category,
    Channel,
    Disclosure,
    Recipient,
    RequestState,
    RestrictionGround,
    Verification,
)
from registry.disclosures.rules import APPROVERS, call_back_needed
from registry.disclosures.services.recording import Copy, Given, record_disclosure
from registry.persons.models import Person
from registry.persons.queries.standing import one_of
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role

ORIGIN = "disclosures:request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, as it was said: who, how, what, by which law."""

    authority: str
    caller: str
    channel: Channel
    asked: str
    their_reference: str = ""
    statute: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is decided to be given: to whom, by which law, which items."""

    recipient: Recipient
    statute: str
    section: str
    codes: Collection[str]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How the answer was delivered."""

    channel: Channel
    at: datetime
    note: str = ""
    as_protected: bool = False
    restriction: RestrictionGround = RestrictionGround.NONE
    copy: Copy | None = None


def receive_request(asked: Asked, people: Iterable[Person]) -> AuthorityRequest:
    """Take a request (pyynnön vastaanotto). Nothing is told: who asks is not believed yet."""
    current().require(Group.PERSON, Level.READ)
    request = AuthorityRequest(
        authority=_clean(asked.authority), caller=_clean(asked.caller), channel=asked.channel,
        asked=_clean(asked.asked), their_reference=_clean(asked.their_reference),
        statute=_clean(asked.statute), section=_clean(asked.section),
        received_by_id=current().actor.user_id,
    )  # fmt: skip
    with transaction.atomic():
        with constraint_errors(AuthorityRequest):
            request.save(force_insert=True)
        for person in people:
            AskedPerson(request=request, person=person).save(force_insert=True)
    current().note("request", "received")
    return request


def _clean(text: str) -> str:
    cleaned = clean_text(text)
    refuse_hetu_in_text(cleaned)
    return cleaned


def _require_step(request: AuthorityRequest, *states: RequestState) -> int | None:
    """The registrar, at this step. Raises FunctionDenied or ValidationError."""
    current().require(Group.DISCLOSURE, Level.WRITE)
    if request.state not in states:
        raise ValidationError(_("Pyyntö on jo toisessa vaiheessa."), code="state")
    return current().actor.user_id


def verify_request(
    request: AuthorityRequest, *, how: Verification, switchboard: str, note: str, now: datetime
) -> None:
    """Who asks was verified (pyytäjän varmistaminen): by calling the switchboard back, or by the
    document of the request.

    Raises ValidationError for a spoken request that nobody called back, or without the number.
    """
    by = _require_step(request, RequestState.RECEIVED)
    if how == Verification.NONE:
        raise ValidationError(_("Valitse, miten pyytäjä varmistettiin."), code="how")
    if how == Verification.DOCUMENT and call_back_needed(Channel(request.channel)):
        raise ValidationError(
            _("Puhelimitse, käynnillä tai sähköpostilla tullut pyyntö varmistetaan soittamalla "
              "takaisin vaihteeseen."),
            code="how",
        )  # fmt: skip
    request.verification, request.switchboard = how, _clean(switchboard)
    request.verified_note, request.verified_by_id, request.verified_at = _clean(note), by, now
    request.state = RequestState.VERIFIED
    with constraint_errors(AuthorityRequest):
        request.save(
            update_fields=["verification", "switchboard", "verified_note", "verified_by",
                           "verified_at", "state"]
        )  # fmt: skip
    current().note("request", "verified")


def grant_request(request: AuthorityRequest, scope: Scope, *, now: datetime) -> None:
    """The registrar decides that data are given, exactly by the scope asked (S7-05).

    Raises ValidationError before verification, without statute and section, for a recipient that is
    no authority, for nobody.
    """
    by = _require_step(request, RequestState.VERIFIED)
    if scope.recipient.category != Category.AUTHORITY:
        raise ValidationError(_("Vastaanottaja ei ole viranomainen."), code="recipient")
    if not AskedPerson.objects.filter(request=request).exists():
        raise ValidationError(
            _("Pyyntöön ei ole liitetty yhtään henkilöä. Hylkää pyyntö tai kirjaa se uudelleen."),
            code="people",
        )
    request.recipient, request.codes = scope.recipient, sorted(scope.codes)
    request.statute, request.section = _clean(scope.statute), _clean(scope.section)
    if not request.statute or not request.section:
        raise ValidationError(
            _("Kirjoita säädös ja pykälä. Ilman niitä tietoja ei anneta."), code="statute"
        )
    if not request.codes:
        raise ValidationError(_("Valitse annettavat tiedot."), code="codes")
    request.decision_reason = _clean(scope.reason)
    request.decided_by_id, request.decided_at = by, now
    request.state = RequestState.GRANTED
    with constraint_errors(AuthorityRequest):
        request.save(
            update_fields=["recipient", "codes", "statute", "section", "decision_reason",
                           "decided_by", "decided_at", "state"]
        )  # fmt: skip
    current().note("request", "granted")


def refuse_request(request: AuthorityRequest, *, reason: str, now: datetime) -> None:
    """The registrar decides that nothing is given, and why. Raises ValidationError without why."""
    by = _require_step(request, RequestState.RECEIVED, RequestState.VERIFIED, RequestState.GRANTED)
    text = _clean(reason)
    if not text:
        raise ValidationError(_("Kirjoita, miksi tietoja ei anneta."), code="reason")
    request.decision_reason, request.state = text, RequestState.REFUSED
    request.decided_by_id, request.decided_at = by, now
    request.save(update_fields=["decision_reason", "decided_by", "decided_at", "state"])
    current().note("request", "refused")


def approve_request(request: AuthorityRequest, *, now: datetime) -> None:
    """Another approves the decision (päätöksen hyväksyminen).

    When anybody asked about is under turvakielto, that other is a registrar too (7.3).
    Raises ValidationError for one's own decision.
    """
    actor = current().actor
    current().require(Group.DISCLOSURE, Level.READ)
    if actor.user_id is None or not actor.roles & APPROVERS:
        raise ValidationError(_("Sinulla ei ole oikeutta hyväksyä."), code="approver")
    if request.state != RequestState.GRANTED:
        raise ValidationError(_("Pyyntö on jo toisessa vaiheessa."), code="state")
    if one_of(actor.user_id, {request.decided_by_id}, today=timezone.localdate(now)):
        raise ValidationError(_("Toisen henkilön on hyväksyttävä päätöksesi."), code="own")
    if Role.REK not in actor.roles and queries.any_protected(people_ids(request)):
        raise ValidationError(
            _("Vain rekisteriasioiden käsittelijä voi hyväksyä tämän pyynnön."), code="approver"
        )
    request.approved_by_id, request.approved_at = actor.user_id, now
    request.state = RequestState.APPROVED
    with constraint_errors(AuthorityRequest):
        request.save(update_fields=["approved_by", "approved_at", "state"])
    current().note("request", "approved")


def answer_request(request: AuthorityRequest, answered: Answered, *, today: date) -> Disclosure:
    """The answer was delivered (vastaaminen): it becomes a disclosure, approved by another.

    Raises ValidationError when the approver would deliver it, and when nobody asked the authority
    to treat data under turvakielto as protected.
    """
    _require_step(request, RequestState.APPROVED)
    people = people_ids(request)
    if not answered.as_protected and queries.any_protected(people):
        raise ValidationError(
            _("Pyydä vastaanottajaa käsittelemään tiedot suojattuina ja merkitse se tehdyksi."),
            code="as_protected",
        )
    given = Given(
        recipient=request.recipient, people=people, codes=request.codes, purpose=Purpose.OIKEUDET,
        channel=answered.channel, origin=ORIGIN, at=answered.at, statute=request.statute,
        section=request.section, approved_by=request.approved_by_id,
        asked_by=f"{request.authority}, {request.caller}"[:200], call_back=request.switchboard,
        reference=f"{request.number} {request.their_reference}".strip(), note=answered.note,
        as_protected=answered.as_protected, restriction=answered.restriction, copy=answered.copy,
    )  # fmt: skip
    with transaction.atomic():
        row = record_disclosure(given, today=today)
        request.disclosure, request.state = row, RequestState.ANSWERED
        request.save(update_fields=["disclosure", "state"])
    current().note("request", "answered")
    return row


def people_ids(request: AuthorityRequest) -> list[int]:
    """Ids of those asked about; one statement."""
    links = AskedPerson.objects.filter(request=request).order_by("pk")
    return list(links.values_list("person_id", flat=True))
