"""Changes of person: transfers, continuing after a death, the whole flat handed over for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from leases.contracts.models import Answer, Lease, Party, PersonChange
from leases.contracts.rules.changes import Change, may_receive
from leases.contracts.rules.persons import (
    TENANTS,
    Relation,
    Role,
    continuation_until,
    handover,
    may_continue,
)
from leases.contracts.rules.stages import Stage
from leases.contracts.services.common import (
    HALF_YEAR,
    holidays_from,
    locked,
    numbers_of,
    refuse_standing,
    require_stage,
    require_write,
    tenants_in_place,
)
from registry.persons.models import Person, Source
from registry.persons.queries.marks import death_of
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.rules.days import refuse_future
from vuokra.rules.rules import DAY
from vuokra.rules.services import note_use
from vuokra.ui import formatting

RUNNING = (Stage.IN_FORCE, Stage.NOTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Who comes in whose place; `resident` tells whether that person lived in the flat. Days: when
    the company was told, and from when it holds."""

    leaving: Party
    coming: Person
    relation: Relation
    resident: bool
    told_on: date
    effective_on: date | None = None
    reason: str = ""


@transaction.atomic
def transfer(lease: Lease, change: Change, given: Succession, *, today: date) -> PersonChange:
    """A tenant's place goes to another (vuokraoikeuden siirto, AHVL 44, 45 ja 48 §).

    In the family it holds from the day told, and by a court from the day decided; with the
    company's permission once that is given (`answer`). Raises ValidationError at the field
    concerned.
    """
    require_write()
    row = locked(lease)
    require_stage(row, today, *RUNNING)
    _check(row, given, today)
    if change == Change.FAMILY and not may_receive(given.relation, resident=given.resident):
        text = _("Ilman lupaa voi siirtää vain perheenjäsenelle (AHVL 45 §). Kirjaa lupapyyntö.")
        raise ValidationError({"relation": text}, code="relation")
    if change == Change.PERMITTED:
        return _record(row, change, given, None)
    if given.effective_on is None:
        raise ValidationError({"effective_on": _("Anna päivä, josta siirto on voimassa.")})
    made = _record(row, change, given, given.effective_on)
    _succeed(row, made, given.effective_on, today)
    return made


@transaction.atomic
def continue_after_death(lease: Lease, given: Succession, *, today: date) -> PersonChange:
    """Somebody continues the lease of a tenant who died (AHVL 46 §, TEN-K32), from the day after
    the notice: until then the estate answers for it too.

    Raises ValidationError: nobody died, the time for the notice is over, or the person may not
    continue; and RuleMissing.
    """
    require_write()
    row = locked(lease)
    require_stage(row, today, *RUNNING)
    _check(row, given, today)
    death = death_of(given.leaving.person)
    if death is None:
        text = _("Vuokralaista ei ole kirjattu kuolleeksi. Kirjaa kuolema henkilökortille.")
        raise ValidationError({"leaving": text}, code="alive")
    died_on = death.valid_from
    last = continuation_until(
        numbers_of(row.concluded_on),
        died_on,
        holidays_from(died_on, HALF_YEAR),
    )
    if given.told_on < died_on or not last.in_time(given.told_on):
        text = _("Jatkamisesta on ilmoitettava viimeistään %(day)s (AHVL 46 §).")
        raise ValidationError({"told_on": text % {"day": formatting.date(last.moved)}}, code="late")
    if not may_continue(given.relation, resident=given.resident):
        text = _(
            "Jatkaa voivat kanssavuokralainen sekä asunnossa asunut puoliso, lapsi tai vanhempi "
            "(AHVL 46 §)."
        )
        raise ValidationError({"relation": text}, code="relation")
    made = _record(row, Change.DEATH, given, given.told_on + DAY)
    _succeed(row, made, given.told_on + DAY, today)
    note_use(*last.why)
    return made


@transaction.atomic
def hand_over(
    lease: Lease, *, told_on: date, starts_on: date, ends_on: date | None, reason: str,
    coming: Person | None, today: date,
) -> PersonChange:  # fmt: skip
    """The whole flat is handed over for a time (huoneiston luovutus, AHVL 18 §). The lease and its
    parties stay; whoever comes lives there meanwhile, as the register tells of every resident.
    Raises ValidationError for a notice that is not as the law demands, and for somebody who cannot
    come into a lease."""
    require_write()
    row = locked(lease)
    require_stage(row, today, *RUNNING)
    refuse_future("told_on", told_on, today)
    judged = handover(
        numbers_of(row.concluded_on), told_on=told_on, starts_on=starts_on, ends_on=ends_on,
        reason=reason, holidays=holidays_from(told_on, HALF_YEAR),
    )  # fmt: skip
    if not judged.allowed:
        fields = {"no_reason": "reason", "no_end": "ends_on", "late": "effective_on",
                  "too_long": "ends_on"}  # fmt: skip
        raise ValidationError(
            {fields[one.value]: ValidationError(f"{one.label}.", code=one.value)
             for one in judged.faults}
        )  # fmt: skip
    note_use(*judged.why)
    made = PersonChange(
        lease=row, change=Change.HANDOVER, coming=coming, told_on=told_on, effective_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    made = _save(made, reason)
    if coming is not None:
        refuse_standing(coming, today)
        _come(row, coming, Role.OCCUPANT, starts_on, ends_on)
    return made


@transaction.atomic
def answer(
    change: PersonChange, given: Answer, *, on: date, effective_on: date | None, today: date
) -> PersonChange:
    """The company answers to a request to transfer a lease (siirtolupa, AHVL 44 §); a permission
    holds from a day. Raises ValidationError for what was answered, and at the field concerned."""
    require_write()
    lease = locked(change.lease)
    require_stage(lease, today, *RUNNING)
    row = PersonChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    row.lease = lease
    if row.change != Change.PERMITTED or row.answered_on is not None:
        raise ValidationError(_("Pyyntöön on jo vastattu."), code="answered")
    if on > today or on < row.told_on:
        raise ValidationError({"on": _("Tarkista päivä.")}, code="day")
    if given == Answer.GRANTED and effective_on is None:
        raise ValidationError({"effective_on": _("Anna päivä, josta siirto on voimassa.")})
    row.answer, row.answered_on = given, on
    row.effective_on = effective_on if given == Answer.GRANTED else None
    with constraint_errors(PersonChange):
        row.save(update_fields=["answer", "answered_on", "effective_on"])
    if row.effective_on is not None:
        _succeed(lease, row, row.effective_on, today)
    return row


# -- parts -------------------------------------------------------------------------------------


def _check(lease: Lease, given: Succession, today: date) -> None:
    """What holds of every change in which somebody comes in a tenant's place."""
    refuse_future("told_on", given.told_on, today)
    _in_place(lease, given.leaving)
    if given.leaving.person_id == given.coming.pk:
        raise ValidationError({"q": _("Tämä on vuokralainen itse.")}, code="same")
    refuse_standing(given.coming, today)


def _in_place(lease: Lease, leaving: Party) -> Party:
    """The tenant as the locked lease has it now. Raises ValidationError when the place has gone to
    another, or was none: what a page read before the lock does not count."""
    found = tenants_in_place(lease).filter(pk=leaving.pk).first()
    if found is None:
        text = _("Henkilö ei ole enää sopimuksen vuokralainen.")
        raise ValidationError({"leaving": text}, code="leaving")
    return found


def _record(
    lease: Lease, change: Change, given: Succession, effective_on: date | None
) -> PersonChange:
    made = PersonChange(
        lease=lease, change=change, leaving=given.leaving, coming=given.coming,
        relation=given.relation, told_on=given.told_on, effective_on=effective_on,
    )  # fmt: skip
    return _save(made, given.reason)


def _save(made: PersonChange, reason: str) -> PersonChange:
    made.reason = clean_text(reason)
    refuse_hetu_in_text(made.reason)
    made.recorded_by_id = current().actor.user_id
    made.full_clean(exclude=["lease", "leaving", "coming", "recorded_by"])
    made.save(force_insert=True)
    return made


def _succeed(lease: Lease, change: PersonChange, day: date, today: date) -> None:
    """Who leaves is in the lease until the day before; who comes, from the day. Whoever was a
    tenant beside the one who leaves stays one."""
    before, coming = change.succession
    leaving = _in_place(lease, before)
    refuse_standing(coming, today)
    known = lease.parties.filter(person=coming, valid_to__isnull=True).first()
    _end(leaving, day)
    if known is not None and known.role in TENANTS:
        return
    if known is not None:
        _end(known, day)
    _come(lease, coming, Role(leaving.role), day)


def _come(lease: Lease, coming: Person, role: Role, day: date, last: date | None = None) -> None:
    party = Party(
        lease=lease, person=coming, role=role, source=Source.LEASE, valid_from=day, valid_to=last
    )
    party.full_clean(exclude=["lease", "person"])
    with constraint_errors(Party):
        party.save(force_insert=True)


def _end(party: Party, day: date) -> None:
    """The party's last day is the one before. Raises ValidationError when it began later."""
    if party.valid_from >= day:
        text = _("Päivä on ennen kuin osapuoli tuli sopimukseen.")
        raise ValidationError({"effective_on": text}, code="day")
    party.valid_to = day - DAY
    party.save(update_fields=["valid_to"])
