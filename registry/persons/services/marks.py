"""Recording death, restriction of processing and legal hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import rules
from registry.persons.models import GROUNDS, Ground, Mark, MarkKind, Person, Source
from registry.persons.models.marks import MATTER_LENGTH
from registry.persons.queries.marks import review_rule
from registry.persons.services.people import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.services import note_use

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: Final[dict[str, StrOrPromise]] = {
    "persons_hold_needed": gettext_lazy(
        "Säilytyspitoa ei voi päättää, koska asia, jota varten tiedot säilytetään, on vielä kesken."
    )
}
"""What a room above refuses in the database, in words."""


def record_death(person: Person, died_on: date, *, source: Source, today: date) -> Mark:
    """Record that a person has died (kuoleman kirjaaminen), or correct the day or the source.

    From then on nobody is offered the contact details and nothing is sent. The details themselves
    stay as they are: a death recorded by mistake is taken back by `remove_death`.
    """
    current().require(Group.PERSON, Level.WRITE)
    if died_on > today:
        raise ValidationError(_("Kuolinpäivä on tulevaisuudessa."), code="died_on")
    known = Mark.objects.filter(person=person, kind=MarkKind.DECEASED).first()
    mark = known or Mark(person=person, kind=MarkKind.DECEASED)
    mark.person, mark.valid_from, mark.source = person, died_on, source
    mark.set_by_id = current().actor.user_id
    return _save(mark)


def remove_death(mark: Mark) -> None:
    """Take back a death that was recorded by mistake; the change log keeps that it was."""
    current().require(Group.PERSON, Level.WRITE)
    mark.delete()


def add_mark(
    person: Person,
    kind: MarkKind,
    ground: Ground,
    *,
    matter: str = "",
    valid_from: date,
    valid_to: date | None = None,
) -> Mark:
    """Restrict processing (art. 18) or hold the data from deletion (säilytyspito), for a ground
    of that kind; `matter` is the number of the matter, not its content.

    A restriction has no end when it begins: the person is told before it ends (`end_mark`).
    """
    current().require(Group.RIGHTS, Level.WRITE)
    if kind == MarkKind.RESTRICTION and valid_to is not None:
        raise ValidationError(
            _("Jätä päättymispäivä tyhjäksi: päättymisestä kerrotaan henkilölle ensin."),
            code="restriction_end",
        )
    if ground not in GROUNDS.get(kind, ()):
        raise ValidationError(_("Valitse merkinnälle sen oma peruste."), code="ground")
    matter = rules.clean_text(matter)
    refuse_hetu_in_text(matter)
    return _save(
        Mark(
            person=person,
            kind=kind,
            ground=ground,
            matter=matter,
            valid_from=valid_from,
            valid_to=valid_to,
            set_by_id=current().actor.user_id,
        )
    )


def hold_for_matter(person: Person, ground: Ground, matter: str, *, today: date) -> Mark:
    """Hold a person's data from deletion for a matter of another room (säilytyspito): whoever may
    open the matter was asked there. A hold that is there is for this matter too, from now and with
    no end of its own. The registrar reviews and ends it as any other."""
    not_over = Q(valid_to=None) | Q(valid_to__gte=today)
    held = Mark.objects.filter(not_over, person=person, kind=MarkKind.LEGAL_HOLD).first()
    if held is not None:
        held.matter = _with_matter(held.matter, matter)
        held.valid_from, held.valid_to = min(held.valid_from, today), None
        return _save(held)
    return _save(
        Mark(
            person=person, kind=MarkKind.LEGAL_HOLD, ground=ground, matter=matter,
            valid_from=today, set_by_id=current().actor.user_id,
        )
    )  # fmt: skip


def _with_matter(known: str, matter: str) -> str:
    """The numbers of the matters that a hold is for, as many as have room."""
    told = ", ".join(filter(None, [known, matter]))
    return told if len(told) <= MATTER_LENGTH else f"{told[: MATTER_LENGTH - 1]}…"


def end_mark(mark: Mark, *, last_day: date, told_on: date | None = None) -> Mark:
    """End a restriction or a hold (merkinnän päättäminen).

    Of a restriction `told_on` is the day on which the person was told that it ends, which comes
    first (GDPR art. 18(3)). Raises ValidationError without it, and of a hold while a matter is open
    for which a room above needs it.
    """
    current().require(Group.RIGHTS, Level.WRITE)
    mark.valid_to = last_day
    mark.told_on = told_on if mark.kind == MarkKind.RESTRICTION else None
    return _save(mark)


def review_hold(hold: Mark, *, today: date) -> Mark:
    """The hold was looked at and is needed still (säilytyspidon tarkistaminen); the next review is
    counted from today. One that is not needed is ended (`end_mark`).

    Raises ValidationError before the hold has begun.
    """
    current().require(Group.RIGHTS, Level.WRITE)
    note_use(review_rule(hold))
    hold.reviewed_on = today
    return _save(hold)


def refuse_dead(person: Person) -> None:
    """Raise ValidationError when the person is dead: no contact details are taken then (A59)."""
    if Mark.objects.filter(person=person, kind=MarkKind.DECEASED).exists():
        raise ValidationError(
            _("Henkilö on kuollut. Kirjaa kuolinpesän yhteystiedot sen yhteyshenkilölle."),
            code="dead",
        )


def _save(mark: Mark) -> Mark:
    mark.full_clean(exclude=["person", "set_by"], validate_constraints=False)
    with constraint_errors(Mark, TEXTS):
        mark.save()
    return mark
