"""Writing the applications of a file in bulk: drafts, filled, and then received."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final

from django.utils import timezone

from applications.intake.codes import Channel, Part, State
from applications.intake.imports.rows import ImportedApplication, ImportedMember, Whole
from applications.intake.models import (
    Application,
    GivenFields,
    Member,
    MemberCode,
    Permit,
    Step,
)
from applications.intake.rule_rows import VALIDITY
from applications.intake.rules import validity
from applications.intake.signals import arrived
from registry.persons.imports.write import insert_people
from registry.persons.models import NoticeDuty, NoticeGiven, Source
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.company.queries import notice_versions
from vuokra.db.bulk import batches, insert_many, update_many
from vuokra.db.models import PersonalModel
from vuokra.imports.registry import Plan, Stage, Tell
from vuokra.rules.queries import RuleValue, rule
from vuokra.rules.services import note_use

BATCH: Final = 250

Pairs = Sequence[tuple[ImportedMember, Member]]
Lasting = Callable[[date], RuleValue]
"""How long an application that was received on a day is valid."""


def write(plan: Plan[ImportedApplication], tell: Tell) -> list[int]:
    """Record every application that is new; the people in them. Whoever judges applications hears
    of them once, at the end."""
    people: set[int] = set()
    made: dict[object, int] = {}
    written: list[int] = []
    today = timezone.localdate()
    lasting = cache(lambda day: rule(VALIDITY, day))
    tell(Stage.WRITE, 0, len(plan.new))
    with bulk_write("import of applications"):
        for batch in batches(plan.new, BATCH):
            _register(batch, made, today)
            rows = _begin(batch, today)
            people |= _fill(batch, rows)
            _receive(batch, rows, lasting, today)
            written += [row.pk for row in rows]
            tell(Stage.WRITE, len(written), len(plan.new))
    note_use(*{lasting(_received(one)) for one in plan.new})
    arrived.send("applications.intake", application_ids=written)
    return sorted(people)


def _received(one: ImportedApplication) -> date:
    day: date = one.whole.details["received_on"]
    return day


def _register(batch: Sequence[ImportedApplication], made: dict[object, int], today: date) -> None:
    """Register whoever is new, once for the whole file, and note whom another has named."""
    members = [one for application in batch for one in application.members]
    fresh = {one.key: one for one in members if not one.known and one.key not in made}
    pks = insert_people([one.person for one in fresh.values()])
    made |= dict(zip(fresh, pks, strict=True))
    for one in members:
        if not one.known:
            one.known = made[one.key]
    named = {one.known for one in members if one.part != Part.APPLICANT}
    told = set(NoticeGiven.objects.filter(person__in=named).values_list("person_id", flat=True))
    noted = set(NoticeDuty.objects.filter(person__in=named).values_list("person_id", flat=True))
    insert_many(
        [
            NoticeDuty(person_id=pk, source=Source.APPLICATION, arisen_on=today)
            for pk in sorted(named - told - noted)
        ]
    )


def _begin(batch: Sequence[ImportedApplication], today: date) -> list[Application]:
    notices = notice_versions(today)  # the newest first
    rows = [
        Application(
            channel=Channel.FILE, source=one.source, source_id=one.source_id,
            made_by_id=current().actor.user_id, **one.whole.details,
            notice=next((n for n in notices if n.valid_from <= _received(one)), None),
        )
        for one in batch
    ]  # fmt: skip
    Application.objects.bulk_create(rows)
    return rows


def _fill(batch: Sequence[ImportedApplication], rows: Sequence[Application]) -> set[int]:
    """Everything that the applications tell; the people in them."""
    pairs = [
        (one, _member(one, row))
        for application, row in zip(batch, rows, strict=True)
        for one in application.members
    ]
    Member.objects.bulk_create([member for _one, member in pairs])
    for application, row in zip(batch, rows, strict=True):
        for part in _parts(application.whole):
            part.application = row  # type: ignore[attr-defined]  # every one of these has it
    _insert(part for one in batch for part in _parts(one.whole))
    _insert(_owned(pairs))
    insert_many([_permit(one, member) for one, member in pairs if one.permit is not None])
    insert_many([_code(one, member) for one, member in pairs if one.code])
    return {one.known for one, _member in pairs}


def _member(one: ImportedMember, row: Application) -> Member:
    return Member(
        application=row, person_id=one.known, part=one.part, relation=one.relation,
        residence=one.residence, consent_on=one.consent_on,
        income_told=one.income_told, wealth_told=one.wealth_told,
    )  # fmt: skip


def _parts(whole: Whole) -> Iterator[GivenFields]:
    yield whole.wish
    yield from whole.grounds
    if whole.need is not None:
        yield whole.need
    if whole.home is not None:
        yield whole.home


def _owned(pairs: Pairs) -> Iterator[GivenFields]:
    """What members told of their work and means."""
    for one, member in pairs:
        for part in (one.work, *one.incomes, *one.assets, *one.debts):
            if part is not None:
                part.member = member
                yield part


def _insert(parts: Iterable[PersonalModel]) -> None:
    """Rows of several tables, table by table."""
    tables: dict[type[PersonalModel], list[PersonalModel]] = {}
    for part in parts:
        tables.setdefault(type(part), []).append(part)
    for rows in tables.values():
        insert_many(rows)


def _permit(one: ImportedMember, member: Member) -> Permit:
    permit = one.permit or Permit()
    permit.member = member
    return permit


def _code(one: ImportedMember, member: Member) -> MemberCode:
    code = MemberCode(member=member)
    code.hetu = one.code
    return code


def _receive(
    batch: Sequence[ImportedApplication],
    rows: Sequence[Application],
    lasting: Lasting,
    today: date,
) -> None:
    """They are in: each with its step, valid from the day of receipt for the time of the rule."""
    by = current().actor.user_id
    insert_many(
        [
            Step(application=row, before=State.DRAFT, after=State.RECEIVED, on=today, made_by_id=by)
            for row in rows
        ]
    )
    for one, row in zip(batch, rows, strict=True):
        months = lasting(_received(one))
        row.state = State.RECEIVED
        row.valid_until = validity.valid_until(_received(one), months.integer)
        row.rule_versions = [[months.key, months.version]]
    update_many(rows, ["state", "valid_until", "rule_versions"])
