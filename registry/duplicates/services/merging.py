"""Merging two records of one person (yhdistäminen): one transaction, every step in the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from registry.duplicates.models import Candidate, Merge, State, StepKind
from registry.duplicates.services.candidates import checked_reason, decide
from registry.duplicates.services.codes import exchange
from registry.duplicates.services.journal import WHY, Journal
from registry.duplicates.services.moving import DoesNotFit, move, move_what_fits, refused, rows_of
from registry.persons import merging, rules
from registry.persons.merging import Fit, OnConflict, Reference
from registry.persons.models import FormerCode, FormerCodeReason, FormerName, Identity, Person
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

NAMES: Final = ("surname", "given_names", "call_name")
VALUE_FIELDS: Final = (*NAMES, "language", "customer_since")
"""Fields of a person of which the clerk chooses either record's; all of class A."""
NEEDS: Final = (
    (Group.PERSON, Level.WRITE),
    (Group.IDENTITY, Level.WRITE),
    (Group.HETU, Level.MASKED),
    (Group.CONTACT, Level.WRITE),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the surviving record takes over from the merged one.

    `fields` of VALUE_FIELDS; `identity` when the merged record's identity is the right one;
    `other_code` tells why the code that is not kept stops being used.
    """

    fields: frozenset[str] = frozenset()
    identity: bool = False
    other_code: FormerCodeReason = FormerCodeReason.MISTAKE


def merge(
    survivor: Person,
    merged: Person,
    choices: Choices,
    *,
    reason: str,
    now: datetime,
    pair: Candidate | None = None,
) -> Merge:
    """Merge one record into another: everything of it names the survivor afterwards.

    The merged record stays as a tombstone that leads on to the survivor. Raises ValidationError,
    and then nothing has changed: for a record merged already, for what a room objects to, for rows
    that do not fit together, and without a reason.
    """
    for group, level in NEEDS:
        current().require(group, level)
    reason = checked_reason(reason)
    with transaction.atomic():
        survivor, merged = _both(survivor, merged)
        if objections := merging.objections(survivor, merged):
            raise ValidationError([ValidationError(text, code="objection") for text in objections])
        merging.prepare(survivor, merged)
        journal = Journal()
        _move_everything(survivor, merged, choices, journal)
        before = Named.of(survivor), Named.of(merged)
        _take_values(survivor, merged, choices.fields, journal)
        _keep_former_names(survivor, before, journal)
        merged.merged_into = survivor
        merged.save(update_fields=["merged_into"])
        done = Merge(survivor=survivor, merged=merged, reason=reason, by_id=current().actor.user_id)
        done.save()
        journal.write(done)
        if pair is not None:
            decide(pair, State.MERGED, reason=reason, now=now)
        merging.conclude(survivor, merged)
        check_deferred()
    return done


def _both(survivor: Person, merged: Person) -> tuple[Person, Person]:
    """Both records, locked; raises ValidationError when either was merged meanwhile."""
    wanted = [survivor.pk, merged.pk]
    locked = Person.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    found = {person.pk: person for person in locked}
    if len(found) != 2:
        raise ValidationError(_("Toinen tietueista on jo yhdistetty."), code="merged_already")
    return found[survivor.pk], found[merged.pk]


def _move_everything(survivor: Person, merged: Person, choices: Choices, journal: Journal) -> None:
    """Every reference that rooms registered, the room's own fitting first."""
    for reference in merging.references():
        fit = _fit(reference, survivor.pk, merged.pk)
        for change in fit.changes:
            _set(reference, change, journal)
        if reference.model is Identity and fit.stay:
            _settle_codes(survivor, merged, choices, journal)
        rows = [row for row in rows_of(reference, merged.pk) if row not in fit.stay]
        try:
            if reference.on_conflict is OnConflict.REFUSE:
                move(reference, rows, survivor.pk)
                moved = rows
            else:
                moved = move_what_fits(reference, rows, survivor.pk)
        except DoesNotFit:
            raise refused(reference) from None
        left = sorted({*rows, *fit.stay} - set(moved))
        journal.add(StepKind.MOVED, reference.model, moved, reference.field, merged.pk, survivor.pk)
        journal.add(StepKind.STAYED, reference.model, left, reference.field)


def _fit(reference: Reference, survivor: int, merged: int) -> Fit:
    rule = reference.on_conflict
    return Fit() if isinstance(rule, OnConflict) else rule(survivor, merged)


def _set(reference: Reference, change: merging.Change, journal: Journal) -> None:
    """Set a technical column of one row."""
    rows = reference.model._base_manager.filter(pk=change.pk)
    before = rows.values_list(change.column, flat=True).get()
    with bulk_write(WHY):
        rows.update(**{change.column: change.value})
    journal.add(StepKind.SET, reference.model, [change.pk], change.column, before, change.value)


def _settle_codes(survivor: Person, merged: Person, choices: Choices, journal: Journal) -> None:
    """Two identities: the right one is the survivor's, the other's code still finds the person.

    The other lies with the merged record and reserves no code any more.
    """
    kept = Identity.objects.get(person=survivor)
    other = Identity.objects.get(person=merged)
    if choices.identity:
        exchange(kept, other)
        journal.add(
            StepKind.EXCHANGED, Identity, [kept.pk], "identity", other.pk,
            kept.changed_at.isoformat(),
        )  # fmt: skip
    if other.hetu is not None:
        former = FormerCode(person=survivor, reason=choices.other_code, artificial=other.artificial)
        former.hetu = other.hetu.reveal()
        former.save(force_insert=True)
        journal.add(StepKind.CREATED, FormerCode, [former.pk])


def _take_values(
    survivor: Person, merged: Person, fields: frozenset[str], journal: Journal
) -> None:
    """Take the chosen values of the merged record, which keeps its own."""
    changed: list[str] = []
    for name in VALUE_FIELDS:
        before, after = getattr(survivor, name), getattr(merged, name)
        if name in fields and before != after:
            journal.add(StepKind.VALUE, Person, [survivor.pk], name, before, after)
            setattr(survivor, name, after)
            changed.append(name)
    save_values(survivor, changed)


@dataclass(frozen=True, slots=True)
class Named:
    """What a record was called before the merge."""

    surname: str
    given_names: str
    call_name: str

    @classmethod
    def of(cls, person: Person | FormerName) -> Named:
        return cls(person.surname, person.given_names, person.call_name)

    def lost_in(self, other: Named) -> bool:
        """Whether the other name leaves out something of this one."""
        mine, theirs = ((one.surname, one.given_names) for one in (self, other))
        return rules.name_lost(mine, theirs)


def _keep_former_names(survivor: Person, before: Iterable[Named], journal: Journal) -> None:
    """A name that neither stays nor is known as a former one is kept: the person is found by it,
    and one may have known them by it."""
    now = Named.of(survivor)
    known = [Named.of(former) for former in FormerName.objects.filter(person=survivor)]
    for name in dict.fromkeys(before):
        if name.lost_in(now) and all(name.lost_in(former) for former in known):
            former = FormerName(
                person=survivor, surname=name.surname, given_names=name.given_names,
                call_name=name.call_name,
            )  # fmt: skip
            former.save(force_insert=True)
            journal.add(StepKind.CREATED, FormerName, [former.pk])


def save_values(person: Person, changed: list[str]) -> None:
    """Save these fields, and the sort key with the names."""
    if changed:
        person.save(update_fields=[*changed, *(["sort_key"] if set(changed) & set(NAMES) else [])])


def check_deferred() -> None:
    """Ask the constraints that the database checks last; raises ValidationError."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise ValidationError(
            _("Tietueiden tiedot eivät sovi yhteen. Mitään ei muutettu."), code="conflict"
        ) from None
