"""What ends a lease: notices and rescissions served and withdrawn, an end agreed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils.translation import gettext as _

from leases.contracts.models import DayOf, Lease, Notice
from leases.contracts.rules.notice import (
    Document,
    Method,
    check_service,
    landlord_notice,
    move_out,
    tenant_notice,
)
from leases.contracts.rules.notice import Notice as Effect
from leases.contracts.rules.rescission import Conduct
from leases.contracts.rules.stages import Stage
from leases.contracts.rules.terms import Kind
from leases.contracts.services.common import (
    TAKEN,
    holidays_from,
    locked,
    numbers_of,
    refuse_overlap,
    require_stage,
    require_write,
)
from leases.contracts.services.late import note_day
from leases.contracts.services.rescission import conduct_of, refuse_blocked
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.rules.services import note_use

end_moves = Signal()
"""The last day of a lease becomes another. Sent with `lease` and `last_day` before it is saved; a
room that has acted on the day raises ValidationError when that cannot be undone."""

withdrawn = Signal()
"""A served notice was withdrawn, and no other ends the lease: rooms take back what they made
because of it. Sent with `lease` and `notice`."""

RUNNING = (Stage.COMING, Stage.IN_FORCE, Stage.NOTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDetails:
    """What a paper says; see `models.Notice`."""

    document: Document
    written: bool = True
    breach: str = ""
    ground: str = ""
    stated_end: date | None = None
    sent_on: date | None = None


@transaction.atomic
def record_notice(lease: Lease, details: NoticeDetails, *, today: date) -> Notice:
    """Record a notice or a warning (irtisanomisilmoitus, varoitus).

    It has no effect before it is served. A paper without what the law demands may be recorded as it
    came, and is told to be ineffective. Raises ValidationError for a lease that has ended; a
    rescission is recorded by `record_rescission`, for it is judged first.
    """
    require_write()
    row = locked(lease)
    require_stage(row, today, *RUNNING)
    if details.document == Document.RESCISSION:
        text = _("Purkaminen kirjataan omalla sivullaan.")
        raise ValidationError({"document": text}, code="rescission")
    return _record(Notice(lease=row), details)


@transaction.atomic
def record_rescission(
    lease: Lease, details: NoticeDetails, conduct: Conduct, *, today: date
) -> Notice:
    """Record a rescission by the landlord (purkamisilmoitus, AHVL 61 ja 62 §), when nothing stands
    in its way. Raises ValidationError that tells at its field what does: see
    `services.rescission.refuse_blocked`."""
    require_write()
    row = locked(lease)
    require_stage(row, today, *RUNNING)
    notice = Notice(
        lease=row, happened_on=conduct.happened_on, extreme=conduct.extreme,
        goes_on=conduct.goes_on, unpaid_eur=conduct.unpaid,
    )  # fmt: skip
    refuse_blocked(row, conduct, today)
    return _record(notice, replace(details, breach=conduct.ground))


def _record(notice: Notice, details: NoticeDetails) -> Notice:
    for name in NoticeDetails.__slots__:
        setattr(notice, name, getattr(details, name))
    notice.recorded_by_id = current().actor.user_id
    notice.ground = clean_text(details.ground)
    refuse_hetu_in_text(notice.ground)
    notice.full_clean(exclude=["lease", "recorded_by"])
    notice.save(force_insert=True)
    return notice


def effect_of(notice: Notice, served_on: date) -> Effect | None:
    """What a notice would do if it were served on a day; None for a paper that ends nothing, or
    ends the lease at once. Raises RuleMissing."""
    lease = notice.lease
    numbers, first = numbers_of(lease.concluded_on), lease.first_notice_on
    match notice.document:
        case Document.LANDLORD_NOTICE:
            return landlord_notice(
                numbers, began_on=began_on(lease), served_on=served_on, first_notice_on=first
            )
        case Document.TENANT_NOTICE:
            return tenant_notice(numbers, served_on=served_on, first_notice_on=first)
    return None


def began_on(lease: Lease) -> date:
    """The day the tenancy began: that of the first of the leases that follow one another."""
    first = lease
    while first.previous is not None:
        first = first.previous
    return first.starts_on


@transaction.atomic
def serve(
    notice: Notice, *, served_on: date, method: Method, today: date, reason: str = ""
) -> Notice:  # fmt: skip
    """A paper was served verifiably (tiedoksianto): a notice or rescission ends the lease on the
    day that is worked out, later when the paper itself says a later one.

    Who is under notice may give notice too, and a lease under notice may be rescinded: it ends on
    the first of their days. `reason` tells why the day is entered late, as `late.note_day` asks it.
    Raises ValidationError without it, and when: the paper is ineffective (TEN-K09) or taken
    back, the day cannot be, such a notice is in force already, a fixed term does not end by notice,
    or what allowed a rescission is gone.
    """
    require_write()
    lease = locked(notice.lease)
    require_stage(lease, today, *RUNNING)
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    row.lease = lease
    if row.served_on is not None:
        raise ValidationError(_("Asiakirja on jo annettu tiedoksi."), code="served")
    if row.withdrawn_on is not None:
        raise ValidationError(_("Asiakirja on peruttu."), code="withdrawn")
    check_service(row.paper, sent_on=row.sent_on, served_on=served_on, today=today)
    _refuse_term(lease, row)
    if row.document == Document.RESCISSION:
        refuse_blocked(lease, conduct_of(row), served_on, field="served_on")
    note_day(lease, DayOf.SERVICE, served_on, reason, today=today)
    row.served_on, row.method = served_on, method
    if row.ends_lease:
        _work_out_end(row, served_on)
    if row.ends_on is not None:
        _end_by(lease, row, row.ends_on)
    with constraint_errors(Notice, {"contracts_notice_one": _("Sama ilmoitus on jo voimassa.")}):
        row.save()
    return row


def _end_by(lease: Lease, notice: Notice, ends_on: date) -> None:
    """A lease ends by a paper, unless it ends before that. What the parties had agreed on is kept:
    it holds again when no paper is in force any more."""
    if not _in_force(lease).exclude(pk=notice.pk).exists():
        lease.agreed_end = lease.last_day
    last_day = min(ends_on, lease.ends_on or ends_on)
    if last_day != lease.last_day:
        end_moves.send(Lease, lease=lease, last_day=last_day)
    lease.last_day = last_day
    lease.save(update_fields=["last_day", "agreed_end"])


def _in_force(lease: Lease) -> QuerySet[Notice]:
    """The served papers that end the lease."""
    return lease.notices.filter(ends_on__isnull=False, withdrawn_on__isnull=True)


def _refuse_term(lease: Lease, notice: Notice) -> None:
    ordinary = notice.document in (Document.LANDLORD_NOTICE, Document.TENANT_NOTICE)
    if ordinary and lease.kind == Kind.FIXED_TERM:
        raise ValidationError(
            _(
                "Määräaikainen sopimus päättyy määräaikaan. Sen voi päättää aikaisemmin sopimalla, "
                "purkamalla tai tuomioistuimen luvalla (AHVL 55 §)."
            ),
            code="fixed_term",
        )


def _work_out_end(row: Notice, served_on: date) -> None:
    effect = effect_of(row, served_on)
    if effect is None:  # a rescission ends the lease when it is served, or on the day it says
        ends_on = max(row.stated_end or served_on, served_on)
    else:
        applied = effect.applied
        ends_on = max(applied.ends_on, row.stated_end or applied.ends_on)
        row.rule_versions = [[one.key, one.version] for one in applied.why]
        note_use(*applied.why)
    row.ends_on = max(ends_on, row.lease.starts_on)
    holidays = holidays_from(row.ends_on)
    row.moves_on = move_out(row.ends_on, holidays).day


@transaction.atomic
def withdraw(notice: Notice, *, on: date, today: date) -> Notice:
    """A paper is taken back (irtisanomisen peruminen), a served one with the other's consent: the
    lease goes on as before it, to the end by another paper in force or the one agreed on. One that
    was never served is only crossed out. Raises ValidationError when it was taken back already, the
    lease has ended, or the flat has been let to others after it: that message names the lease."""
    require_write()
    lease = locked(notice.lease)
    require_stage(lease, today, *RUNNING)
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if row.withdrawn_on is not None:
        raise ValidationError(_("Ilmoitus on jo peruttu."), code="not_in_force")
    if on > today or (row.served_on is not None and on < row.served_on):
        raise ValidationError({"on": _("Tarkista päivä.")}, code="day")
    row.withdrawn_on = on
    row.save(update_fields=["withdrawn_on"])
    if row.ends_on is not None:
        ends = [one.ends_on for one in _in_force(lease)]
        left = min((day for day in (*ends, lease.agreed_end) if day is not None), default=None)
        _save_end(lease, left)
        if left is None:
            withdrawn.send(Notice, lease=lease, notice=row)
    return row


@transaction.atomic
def agree_end(lease: Lease, *, on: date, today: date, reason: str = "") -> Lease:
    """The parties agree on the last day (päättymisestä sopiminen). `reason` tells why a day long
    past is entered, as `late.note_day` asks it. Raises ValidationError without it, for a day before
    the lease begins or after its fixed term, and when a notice is in force."""
    require_write()
    row = locked(lease)
    require_stage(row, today, *RUNNING)
    if _in_force(row).exists():
        text = _("Sopimus on irtisanottu. Peru ensin irtisanominen.")
        raise ValidationError({"on": text}, code="notice")
    if on < row.starts_on:
        raise ValidationError({"on": _("Päivä on ennen sopimuksen alkua.")}, code="day")
    if row.term_ends_on is not None and on > row.term_ends_on:
        text = _("Määräaika päättyy aikaisemmin. Jatkosta tehdään uusi sopimus.")
        raise ValidationError({"on": text}, code="term")
    note_day(row, DayOf.END, on, reason, today=today)
    _save_end(row, on)
    return row


def _save_end(lease: Lease, last_day: date | None) -> None:
    """Write the last day. A lease that would go on into one that was made to follow it is refused,
    and that message names it; so is one whose parking place has gone to another."""
    if last_day is not None and last_day != lease.last_day:
        end_moves.send(Lease, lease=lease, last_day=last_day)
    lease.last_day = last_day
    refuse_overlap(lease.flat, lease.starts_on, lease.ends_on, but=lease.pk)
    with constraint_errors(Lease, TAKEN):
        lease.save(update_fields=["last_day"])
