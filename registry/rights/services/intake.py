"""Taking a request in, and what is found out of it before it is worked on (6.1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.persons.models import Person
from registry.rights import clock, rules
from registry.rights.models import (
    OPEN,
    SHORT,
    Act,
    Authority,
    Behalf,
    Channel,
    DataRequest,
    Known,
    Language,
    Numbering,
    Right,
)
from registry.rights.queries.acting import acting_for
from registry.rights.queries.readiness import level_for
from registry.rights.rule_rows import ANSWER_MONTHS, EXTENSION_MONTHS
from registry.rights.services.working import (
    changing,
    plain,
    refusals,
    refuse,
    require_keeper,
    take_step,
)
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import holidays_between
from vuokra.rules.queries import rules as rules_on
from vuokra.rules.rules import add_months
from vuokra.rules.services import note_use


@dataclass(frozen=True, slots=True)
class Intake:
    """What arrived: when, how, from whom and which rights. The requester need not give reasons.

    `person` is None as long as nobody was searched for; `sender` is how the message was signed.
    `representative` is who asks for the person, when he is of the register and the relation too.
    """

    received_on: date
    channel: Channel
    rights: Collection[Right]
    wish: str = ""
    language: Language = Language.FINNISH
    person: Person | None = None
    sender: str = ""
    sender_contact: str = ""
    behalf: Behalf = Behalf.SELF
    representative: Person | None = None


def take_in(given: Intake) -> DataRequest:
    """Record a request that reached the company (pyynnön kirjaaminen).

    Whoever takes messages may; a keeper of requests becomes its handler. The day of receipt is the
    day it reached us, whichever mailbox and whether or not the office was open (DP-A57). Raises
    ValidationError, also for a representative of whom the register knows no such relation, and
    RuleMissing.
    """
    current().require(Group.RIGHTS, Level.MASKED)
    today = clock.today()
    if given.received_on > today:
        raise refuse("rights_receipt_future")
    row = DataRequest(
        received_on=given.received_on,
        channel=given.channel,
        rights=[right.value for right in Right if right in given.rights],
        wish=plain(given.wish),
        language=given.language,
        person=given.person,
        known=Known.FOUND if given.person else Known.UNSEARCHED,
        sender=plain(given.sender),
        behalf=given.behalf,
        representative=given.representative,
        recorded_by_id=current().actor.user_id,
    )
    row.sender_contact = plain(given.sender_contact) or None
    if not row.rights:
        raise ValidationError(_("Valitse ainakin yksi oikeus."), code="rights_request_rights")
    if given.representative is not None:
        _refuse_stranger(given, today)
    row.required_level = level_for(row)
    set_dates(row)
    if current().actor.level(Group.RIGHTS) >= Level.WRITE:
        row.handler_id = current().actor.user_id
    with transaction.atomic(), refusals():
        row.number = _next_number(today.year)
        row.save(force_insert=True)
        take_step(row, Act.TAKEN_IN)
    current().note("tietopyynto", row.number)
    return row


def _refuse_stranger(given: Intake, today: date) -> None:
    """Raise ValidationError when the register knows no relation by which the representative acts
    for the person in the way that is stated."""
    known = acting_for(given.person, today) if given.person is not None else []
    if not any(one.person == given.representative and given.behalf in one.behalf for one in known):
        raise ValidationError(
            _("Rekisterin mukaan tämä henkilö ei toimi näin hänen puolestaan."), code="no_relation"
        )


def _next_number(year: int) -> str:
    """The next number of the year; whoever asks at the same time waits."""
    Numbering.objects.get_or_create(year=year)
    row = Numbering.objects.select_for_update().get(year=year)
    row.last += 1
    row.save()
    return f"TP-{year}-{row.last:04}"


def set_dates(row: DataRequest) -> None:
    """Work out the days by the rules in force on the day of receipt (6.7); they are marked as used.

    Raises RuleMissing when a rule or the holidays of a year are not there.
    """
    found = rules_on([ANSWER_MONTHS, EXTENSION_MONTHS], row.received_on)
    months, more = found[ANSWER_MONTHS].integer, found[EXTENSION_MONTHS].integer
    holidays = holidays_between(row.received_on, add_months(row.received_on, months + more))
    first = rules.due(row.received_on, months, holidays)
    row.target, row.deadline = first.target, first.deadline
    if row.extended_on is not None:
        last = rules.due(row.received_on, months + more, holidays)
        row.last_target, row.last_deadline = last.target, last.deadline
    note_use(found[ANSWER_MONTHS], *([found[EXTENSION_MONTHS]] if row.extended_on else []))


def take(known: DataRequest, *, version: int) -> None:
    """Take a request to work on (käsittelyyn ottaminen), from nobody or from another."""
    require_keeper()
    with changing(known, Act.HANDLER, version=version) as row:
        _refuse_over(row)
        row.handler_id = current().actor.user_id


def move_receipt(known: DataRequest, day: date, *, reason: str, version: int) -> None:
    """Correct the day of receipt: backwards only, with a reason (6.1). The deadlines follow."""
    require_keeper()
    text = plain(reason)
    with changing(known, Act.RECEIPT_MOVED, version=version, note=text) as row:
        _refuse_over(row)
        if day >= row.received_on:
            raise refuse("rights_receipt_backwards")
        if not text:
            raise refuse("rights_receipt_reason")
        row.received_on, row.received_reason = day, text
        set_dates(row)


def match(known: DataRequest, person: Person | None, *, version: int) -> None:
    """Say whose request it is, or that the register holds nothing of the person (haun tulos).

    «Ei tietoja» is an answer too (6.3, block 1). A person once matched may be changed before
    identity is verified.
    """
    require_keeper()
    with changing(known, Act.MATCHED, version=version) as row:
        _refuse_over(row)
        if row.level is not None:
            raise ValidationError(
                _("Henkilöllisyys on jo varmistettu. Henkilöä ei voi vaihtaa."), code="identified"
            )
        if row.representative is not None and person != row.person:
            # he acts for the one who was matched before, but he did ask
            row.sender, row.representative = row.sender or row.representative.name[:SHORT], None
        row.person = person
        row.known = Known.FOUND if person else Known.NONE
        row.required_level = level_for(row)


def set_authority(known: DataRequest, authority: Authority, *, paper: str, version: int) -> None:
    """Say whether the authority to act for the person was seen (valtuuden tarkistus, DP-A28).

    The document is seen, and named by its kind; no copy of it is kept.
    """
    require_keeper()
    text = plain(paper)
    if authority == Authority.SEEN and not text:
        raise ValidationError(_("Kirjoita, mikä asiakirja nähtiin."), code="no_paper")
    with changing(known, Act.AUTHORITY, version=version) as row:
        _refuse_over(row)
        if not row.behalf:
            raise ValidationError(_("Pyyntö on henkilön oma."), code="own")
        row.authority, row.authority_paper = authority, text
        row.authority_at, row.authority_by_id = clock.now(), current().actor.user_id


def _refuse_over(row: DataRequest) -> None:
    if row.state not in OPEN:
        raise refuse("rights_over")
