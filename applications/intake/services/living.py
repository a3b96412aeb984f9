"""The life of an application: received, completed, valid, renewed, expired, withdrawn, merged."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import PARTIES, AttachmentState, EndReason, Part, State
from applications.intake.models import Application, Attachment, Member
from applications.intake.queries.clashes import clashes_of
from applications.intake.queries.listing import restricted, told
from applications.intake.rule_rows import PARTY_AGE, VALIDITY
from applications.intake.rules import validity
from applications.intake.rules.states import ENDED, EXPIRING, OPEN, Mover
from applications.intake.services.common import (
    TEXTS,
    handled,
    in_state,
    locked,
    moved,
    refuse_door,
    refuse_near,
    refuse_standing,
    refused_at,
    require,
)
from applications.intake.services.drafting import birth_date_of
from applications.intake.signals import tell, together
from registry.persons.ages import has_reached
from registry.persons.queries.majority import is_minor
from vuokra.access.context import current
from vuokra.company.queries import notice_on
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use

WITHDRAWING: Final = (EndReason.WITHDRAWN, EndReason.ELSEWHERE, EndReason.DEATH)
"""Why an application is withdrawn."""

CLASH: Final = gettext_lazy(
    "Joku ruokakunnasta on jo voimassa olevalla hakemuksella: %(numbers)s. Korvaa se tällä, tai "
    "poista henkilö toiselta hakemukselta."
)

log = logging.getLogger(__name__)


@transaction.atomic
def receive(
    application: Application,
    *,
    replacing: Collection[Application] = (),
    reason: str = "",
    today: date,
) -> Application:
    """The application is in (vastaanotto): from the day of receipt it is valid for the time that
    the rule says.

    `replacing` are open applications of the same people in whose place it comes: a new application
    replaces the old one (10.4). The version of the privacy notice that held that day is recorded.
    Raises ValidationError, with the code `clash` while somebody of the
    household is in another open application, for whoever is tied to somebody of it (A3); with
    `under_age` for an applicant too young to apply
    alone, unless a `reason` tells why it is taken in (4.2).
    """
    require(Group.NEED, Group.HOUSEHOLD)
    with together():
        row = locked(application)
        in_state(row, State.DRAFT)
        refuse_near(row, today)
        if row.received_on is None:
            raise refused_at("received_on", _("Anna päivä, jona hakemus saapui."), "received")
        _judge_household(row, reason, today)
        for old in replacing:
            merge(old, row, today=today)
        refuse_clashes(row, today)
        _valid_from(row, row.received_on)
        row.notice = notice_on(row.received_on)
        moved(row, State.RECEIVED, today=today, reason=reason)
        tell(row.pk)
    return row


def _judge_household(row: Application, reason: str, today: date) -> None:
    members = list(row.members.select_related("person"))
    for member in members:
        refuse_standing(member.person, today)
    born = {one.pk: birth_date_of(one.person) for one in members if one.part in PARTIES}
    applicant = next(one for one in members if one.part == Part.APPLICANT)
    day = born[applicant.pk]
    if reason or day is None or has_reached(day, _party_age(today), today):
        return
    if not any(known and not is_minor(known, today) for known in born.values()):
        text = _(
            "Alle %(age)s-vuotias ei voi hakea asuntoa yksin. Kirjoita, miksi hakemus otetaan."
        )
        raise refused_at("reason", text % {"age": _party_age(today)}, "under_age")


def _party_age(today: date) -> int:
    return rule(PARTY_AGE, today).integer


def refuse_clashes(row: Application, today: date) -> None:
    """Raises ValidationError that names the open applications in which somebody of the household is
    already, as far as they may be told."""
    found = clashes_of(row)
    if not found:
        return
    others = told(Q(pk__in=[clash.application for clash in found]), today).order_by("pk")
    numbers = ", ".join(others.values_list("number", flat=True))
    if not numbers:
        raise ValidationError(TEXTS["intake_member_open_once"], code="clash")
    raise ValidationError(CLASH, code="clash", params={"numbers": numbers})


def _valid_from(row: Application, confirmed_on: date) -> None:
    """Count the last day of validity from the day on which the applicant told or confirmed it."""
    months = rule(VALIDITY, confirmed_on)
    note_use(months)
    row.valid_until = validity.valid_until(confirmed_on, months.integer)
    row.rule_versions = [[months.key, months.version]]


@transaction.atomic
def ask_to_complete(
    application: Application, due_on: date, *, reason: str = "", today: date
) -> Application:
    """Ask for what is missing by a day (täydennyspyyntö); asked anew, the day moves. What is
    missing never refuses an application (10.5). Raises ValidationError for a day that is not to
    come."""
    require(Group.NEED)
    row = handled(application, today)
    if due_on <= today:
        raise refused_at("due_on", _("Valitse päivä, joka on vielä edessä."), "due_on")
    if row.state == State.INCOMPLETE:
        if reason.strip():  # no step tells of it, and the words would be lost
            text = _("Hakemusta täydennetään jo: vain päivä siirtyy. Pyydä puuttuva liite.")
            raise refused_at("reason", text, "asked")
        row.complete_by = due_on
        row.save(update_fields=["complete_by"])
        return row
    moved(row, State.INCOMPLETE, today=today, reason=reason, complete_by=due_on)
    tell(row.pk)
    return row


@transaction.atomic
def complete(application: Application, *, reason: str = "", today: date) -> Application:
    """What was asked for has come (täydennetty): it is looked at again. Raises ValidationError when
    nothing was asked for."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, State.INCOMPLETE)
    moved(row, State.RECEIVED, today=today, reason=reason)
    tell(row.pk)
    return row


@transaction.atomic
def admit(application: Application, *, reason: str = "", today: date) -> Application:
    """The application takes part in selections (hyväksyminen valintaan). Raises ValidationError,
    also when its validity is over."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, State.RECEIVED, State.INCOMPLETE)
    if row.valid_until and validity.has_expired(row.valid_until, today):
        text = _("Hakemuksen voimassaolo on päättynyt. Uusi se ensin.")
        raise ValidationError(text, code="expired")
    moved(row, State.VALID, today=today, reason=reason)
    tell(row.pk)
    return row


@transaction.atomic
def send_back(application: Application, reason: str, *, today: date) -> Application:
    """Back to be looked at (palautus käsittelyyn). Raises ValidationError without a reason."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, State.VALID)
    if not reason.strip():
        raise refused_at("reason", _("Kirjoita, miksi hakemus palautetaan."), "reason")
    moved(row, State.RECEIVED, today=today, reason=reason)
    tell(row.pk)
    return row


@transaction.atomic
def renew(application: Application, *, today: date) -> Application:
    """The applicant has confirmed what was told, by telephone is enough (uusiminen): a new time of
    validity from today. An expired application is valid again. Raises ValidationError when it has
    ended otherwise, and as `receive`."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, *OPEN, State.EXPIRED)
    for member in row.members.select_related("person"):
        refuse_standing(member.person, today)
    row.renewed_on = today
    _valid_from(row, today)
    if row.state == State.EXPIRED:
        refuse_clashes(row, today)
        moved(row, State.VALID, today=today)
    else:
        row.save()
    tell(row.pk)
    return row


@transaction.atomic
def expire(application: Application, *, today: date) -> Application:
    """Its validity is over (vanheneminen). Raises ValidationError while it is valid, and while an
    offer waits for its answer."""
    require(Group.NEED)
    row = locked(application)
    in_state(row, *EXPIRING)
    if row.valid_until is None or not validity.has_expired(row.valid_until, today):
        raise ValidationError(_("Hakemus on vielä voimassa."), code="valid")
    moved(row, State.EXPIRED, today=today)
    tell(row.pk)
    return row


def expire_due(today: date | None = None) -> int:
    """Every application whose validity is over expires: the work of the night. How many. Those
    whose processing is restricted wait until that ends (A35)."""
    day = today or timezone.localdate()
    over = Application.objects.filter(state__in=EXPIRING, valid_until__lt=day)
    due = over.filter(~restricted(day)).order_by("id")
    return sum(_expired(row, day) for row in due.only("id"))


def _expired(row: Application, day: date) -> bool:
    """Whether it expired: one that was renewed or offered meanwhile keeps no other from it, and the
    log tells of it."""
    try:
        expire(row, today=day)
    except ValidationError as refused:
        log.warning("Application %s did not expire: %s", row.pk, getattr(refused, "code", ""))
        return False
    return True


@transaction.atomic
def withdraw(
    application: Application, why: EndReason, *, reason: str = "", today: date
) -> Application:
    """The applicant does not ask for a home any more (peruminen). Raises ValidationError for a
    reason that is none of `WITHDRAWING`."""
    require(Group.NEED)
    if why not in WITHDRAWING:
        raise refused_at("why", _("Valitse, miksi hakemus perutaan."), "why")
    row = handled(application, today)
    moved(row, State.WITHDRAWN, today=today, reason=reason, end=why)
    tell(row.pk)
    return row


@transaction.atomic
def merge(old: Application, into: Application, *, reason: str = "", today: date) -> Application:
    """Two applications of the same people become one (yhdistäminen): `old` stays as it was, in the
    timeline of `into`, and what was seen of its papers counts there too.

    Raises ValidationError when nobody who applies is in both, and when `old` is under offer or not
    for the user to handle.
    """
    require(Group.NEED, Group.HOUSEHOLD)
    if old.pk == into.pk:
        raise ValidationError(_("Valitse toinen hakemus."), code="itself")
    with together():
        row, target = locked(old), handled(into, today)
        if target.state in ENDED:
            raise ValidationError(TEXTS["intake_application_over"], code="over")
        refuse_door(row, today)
        parties = Member.objects.filter(application=row, part__in=PARTIES).values("person")
        if not target.members.filter(person__in=parties).exists():
            text = _("Hakemuksilla ei ole yhteistä hakijaa.")
            raise ValidationError(text, code="strangers")
        _carry_seen(row, target)
        moved(row, State.MERGED, today=today, reason=reason, merged_into=target)
        tell(row.pk)
        tell(target.pk)
    return target


def _carry_seen(row: Application, target: Application) -> None:
    """Papers that were seen need not be asked for again; their files stay where they are."""
    members = {one.person_id: one for one in target.members.all()}
    seen = Attachment.objects.filter(application=row, state=AttachmentState.SEEN)
    for paper in seen.select_related("member"):
        member = members.get(paper.member.person_id) if paper.member else None
        if paper.member is not None and member is None:
            continue
        Attachment(
            application=target, member=member, kind=paper.kind, needed_by=paper.needed_by,
            state=paper.state, asked_on=paper.asked_on, arrived_on=paper.arrived_on,
            seen_on=paper.seen_on, seen_by_id=paper.seen_by_id, denies=paper.denies,
            recorded_by_id=paper.recorded_by_id,
        ).save(force_insert=True)  # fmt: skip


@transaction.atomic
def move_by_selection(
    application: Application, after: State, *, reason: str = "", today: date
) -> Application:
    """An offer was made, answered, taken back, or led to a lease (tarjouksen vaiheet): for the room
    that chooses. Nothing by which it is judged changes. Raises ValidationError when that is no act
    of selection."""
    current().require(Group.SELECTION, Level.WRITE)
    row = locked(application)
    return moved(row, after, today=today, reason=reason, mover=Mover.SELECTION)
