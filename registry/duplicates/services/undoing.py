"""Undoing a merge: the journal read backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.duplicates import rules
from registry.duplicates.models import Candidate, Merge, State, Step, StepKind
from registry.duplicates.rule_rows import UNDO_DAYS
from registry.duplicates.services.candidates import checked_reason
from registry.duplicates.services.codes import exchange
from registry.duplicates.services.journal import WHY, as_text, from_text, together
from registry.duplicates.services.merging import NEEDS, check_deferred, save_values
from registry.duplicates.services.moving import DoesNotFit, move, refused
from registry.persons import merging
from registry.persons.merging import OnConflict, Reference
from registry.persons.models import Identity, Person
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.rules.queries import rule


@dataclass(frozen=True, slots=True)
class Left:
    """Rows that an undo leaves alone, since they were changed after the merge."""

    what: str
    count: int
    kind: str

    @property
    def text(self) -> str:
        """In words for the screen: no personal data."""
        reasons = {
            StepKind.MOVED: _("siirretty tai poistettu yhdistämisen jälkeen"),
            StepKind.SET: _("muutettu yhdistämisen jälkeen"),
            StepKind.VALUE: _("muutettu yhdistämisen jälkeen"),
            StepKind.EXCHANGED: _("muutettu yhdistämisen jälkeen: tarkista molempien tunnisteet"),
        }
        return f"{self.what} ({self.count}): {reasons[StepKind(self.kind)]}"


def left_alone(merge: Merge) -> list[Left]:
    """What an undo would leave as it is now, and say so."""
    return _Undo(merge).left


def undo(merge: Merge, *, reason: str, now: datetime) -> list[Left]:
    """Undo a merge (kumoaminen); gives what was left alone.

    Rows go back where they were; those that somebody has moved or changed since stay as they are.
    Raises ValidationError, and then nothing has changed: after the last day, when it was undone
    already, when the survivor has been merged into another, or when rows no longer fit.
    """
    for group, level in NEEDS:
        current().require(group, level)
    reason = checked_reason(reason)
    with transaction.atomic():
        merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        refuse_undo(merge, now)
        work = _Undo(merge)
        work.run()
        merge.undone_at, merge.undone_by_id = now, current().actor.user_id
        merge.undo_reason = reason
        merge.save()
        _open_pair(merge)
        check_deferred()
    return work.left


def undo_until(merge: Merge) -> date:
    """The last day on which a merge can be undone, by the rule of its own day."""
    merged = timezone.localdate(merge.at)
    return rules.last_undo_day(merged, rule(UNDO_DAYS, merged).integer)


def refuse_undo(merge: Merge, now: datetime) -> None:
    """Raise ValidationError when a merge can no longer be undone."""
    last = undo_until(merge)
    if merge.undone_at is not None:
        raise ValidationError(_("Yhdistäminen on jo kumottu."), code="undone")
    if timezone.localdate(now) > last:
        raise ValidationError(_("Yhdistämisen kumoamisaika on päättynyt."), code="too_late")
    if not Person.objects.filter(pk=merge.survivor_id).exists():
        raise ValidationError(
            _("Henkilö on sittemmin yhdistetty toiseen. Kumoa ensin myöhempi yhdistäminen."),
            code="merged_since",
        )

    for text in merging.objections(merge.survivor, merge.merged):
        raise ValidationError(text, code="objection")


def _open_pair(merge: Merge) -> None:
    """The pair waits for a decision again."""
    first, second = sorted((merge.survivor_id, merge.merged_id))
    for pair in Candidate.objects.filter(first=first, second=second, state=State.MERGED):
        pair.state, pair.reason, pair.decided_at, pair.decided_by_id = State.OPEN, "", None, None
        pair.save()


class _Undo:
    """What of a merge can be taken back now, and doing it."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.left: list[Left] = []
        self.values: list[Step] = []
        self.moves: list[tuple[Reference, list[int]]] = []
        self.exchanges: list[Step] = []
        self.sets: list[Step] = []
        steps = list(merge.steps.order_by("-pk"))
        self.created = [step for step in steps if step.kind == StepKind.CREATED]
        self._weigh(steps)

    def _weigh(self, steps: Sequence[Step]) -> None:
        def of(kind: StepKind) -> list[Step]:
            return [step for step in steps if step.kind == kind]

        for (label, name), group in together(of(StepKind.MOVED)):
            model = apps.get_model(label)
            wanted = [step.row for step in group]
            there = model._base_manager.filter(pk__in=wanted, **{name: self.merge.survivor_id})
            rows = list(there.order_by("pk").values_list("pk", flat=True))
            self.moves.append((Reference(label, name, OnConflict.REFUSE), rows))
            self._leave(model, StepKind.MOVED, len(wanted) - len(rows))
        for (label, name), group in together(of(StepKind.STAYED)):
            model = apps.get_model(label)
            wanted = [step.row for step in group]
            there = model._base_manager.filter(pk__in=wanted, **{name: self.merge.merged_id})
            self._leave(model, StepKind.MOVED, len(wanted) - there.count())
        for step in of(StepKind.SET):
            if _now(step) == step.after:
                self.sets.append(step)
            else:
                self._leave(apps.get_model(step.model), StepKind.SET, 1)
        for step in of(StepKind.VALUE):
            if _now(step) == step.after:
                self.values.append(step)
            else:
                self._leave(Person, StepKind.VALUE, 1, step.field)
        for step in of(StepKind.EXCHANGED):
            identity = Identity.objects.filter(pk=step.row).first()
            if identity is not None and identity.changed_at.isoformat() == step.after:
                self.exchanges.append(step)
            else:
                self._leave(Identity, StepKind.EXCHANGED, 1)

    def _leave(self, model: type[models.Model], kind: StepKind, count: int, name: str = "") -> None:
        if count:
            told = model._meta.get_field(name) if name else model._meta
            what = str(getattr(told, "verbose_name_plural", "") or told.verbose_name)  # type: ignore[union-attr]  # a column or Options
            self.left.append(Left(what[:1].upper() + what[1:], count, kind))

    def run(self) -> None:
        """Backwards: tombstone, values, what was written, moves, codes, technical columns."""
        merged = Person.with_merged.get(pk=self.merge.merged_id)
        merged.merged_into = None
        merged.save(update_fields=["merged_into"])
        self._values()
        for step in self.created:
            for row in apps.get_model(step.model)._base_manager.filter(pk=step.row):
                row.delete()
        for reference, rows in self.moves:
            try:
                move(reference, rows, merged.pk)
            except DoesNotFit:
                raise refused(reference) from None
        for step in self.exchanges:
            mine = Identity.objects.get(pk=step.row)
            exchange(mine, Identity.objects.get(pk=int(step.before)))
        with bulk_write(WHY):
            for step in self.sets:
                model = apps.get_model(step.model)
                value = from_text(_field(model, step.field), step.before)
                model._base_manager.filter(pk=step.row).update(**{step.field: value})

    def _values(self) -> None:
        survivor = Person.objects.get(pk=self.merge.survivor_id)
        for step in self.values:
            setattr(survivor, step.field, from_text(_field(Person, step.field), step.before))
        save_values(survivor, [step.field for step in self.values])


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    return model._meta.get_field(name)  # type: ignore[return-value]  # a column: rooms register none else


def _now(step: Step) -> str:
    """What the column holds now, as the journal writes it."""
    rows = apps.get_model(step.model)._base_manager.filter(pk=step.row)
    return as_text(rows.values_list(step.field, flat=True).first())
