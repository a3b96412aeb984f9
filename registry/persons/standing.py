"""What the card shows of how a person stands: marks, notices and ties of staff; whom to inform."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import panels
from registry.persons.models import Person, TieKind
from registry.persons.queries import notices as asked
from registry.persons.queries import standing
from registry.persons.queries.marks import holds_to_review, standing_of
from vuokra.access.context import Actor, current
from vuokra.desk import rows
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import formatting

INFORM = Kind(
    "informointi", gettext_lazy("Informointi"), "mail-question-mark",
    needs=[(Group.PERSON, Level.WRITE)], weight=40, violet=True,
)  # fmt: skip
HOLDS = Kind(
    "sailytyspito", gettext_lazy("Säilytyspito"), "lock",
    needs=[(Group.PERSON, Level.READ), (Group.RIGHTS, Level.WRITE)], weight=35, violet=True,
)  # fmt: skip
READ_TIES = ((Group.TIES, Level.READ),)


def ties(person: Person, today: date) -> dict[str, Any] | None:
    """Ties of staff in force or to come (sidonnaisuudet); two statements."""
    found = standing.ties_of(person, today=today)
    return {"ties": found} if found else None


def conflict(person: Person, today: date) -> dict[str, Any] | None:
    """That the signed-in user is barred from deciding (esteellinen); no statement of its own."""
    barred = any(
        tie.own and tie.link.kind == TieKind.CONFLICT and tie.link.valid_from <= today
        for tie in standing.ties_of(person, today=today)
    )
    return {} if barred else None


def marks(person: Person, today: date) -> dict[str, Any] | None:
    """Death, restriction and hold (merkinnät); one statement with the badges and the banner."""
    found = standing_of(person, today=today)
    write = current().actor.level(Group.RIGHTS) >= Level.WRITE
    shown = [*found.in_force, *found.others]
    return {"standing": found, "marks": shown, "write": write} if shown else None


def mark_badges(person: Person, today: date) -> dict[str, Any] | None:
    """The marks in force, beside the name."""
    found = standing_of(person, today=today).in_force
    return {"marks": found} if found else None


def death_banner(person: Person, today: date) -> dict[str, Any] | None:
    """That the person is dead and is not contacted (A59)."""
    death = standing_of(person, today=today).death
    return {"death": death} if death else None


def notices(person: Person, today: date) -> dict[str, Any]:
    """Privacy notices given (informointi), and the duty of article 14; two statements."""
    given, duty = asked.notices_of(person), asked.duty_of(person)
    open_duty = duty if duty and not asked.is_met(duty, given) else None
    due = asked.notice_due(open_duty) if open_duty else None
    return {
        "notices": given,
        "duty": open_duty,
        "due": due,
        "late": due and due < today,
        "due_rule": asked.notice_rule(open_duty) if open_duty else None,
    }


def to_inform(actor: Actor, today: date) -> Iterator[Row]:
    """Who is to be informed by article 14 (informointi); one statement."""
    for duty, due in asked.waiting():
        yield Row(
            kind=INFORM.code,
            key=str(duty.pk),
            task=_("Anna tietosuojaseloste"),
            facts=_("Tiedot saatu muualta %(date)s") % {"date": formatting.date(duty.arisen_on)},
            due=due,
            action=_("Kirjaa"),
            url=reverse("persons:add_notice", args=[duty.public_id]),  # type: ignore[attr-defined]  # annotated
            person_id=duty.person_id,
            statutory=True,
            protected=duty.protected,  # type: ignore[attr-defined]  # annotated
            since=duty.arisen_on,
        )


def to_review(actor: Actor, today: date) -> Iterator[Row]:
    """Legal holds by the day on which somebody looks whether they are needed (säilytyspidon
    tarkistus, RT13); one statement."""
    for hold, due in holds_to_review(today=today):
        since = hold.reviewed_on or hold.valid_from
        last = _("tarkistettu tai asetettu %(date)s") % {"date": formatting.date(since)}
        yield Row(
            kind=HOLDS.code,
            key=str(hold.pk),
            task=_("Tarkista, tarvitaanko säilytyspito"),
            facts=" · ".join(filter(None, (str(hold.get_ground_display()), hold.matter, last))),
            due=due,
            action=_("Tarkista"),
            url=reverse("persons:review_hold", args=[hold.public_id, hold.pk]),  # type: ignore[attr-defined]  # annotated
            person_id=hold.person_id,
            protected=hold.protected,  # type: ignore[attr-defined]  # annotated
            since=since,
        )


def register() -> None:
    """Register the parts of the card and the work queue's rows."""
    rows.register(INFORM, to_inform)
    rows.register(HOLDS, to_review)
    panels.register_banner(30, "persons/panels/death.html", death_banner)
    panels.register_badge("persons/panels/mark_badges.html", mark_badges, order=20)
    panels.register_panel("marks", 60, "side", "persons/panels/marks.html", marks)
    panels.register_panel("notices", 65, "side", "persons/panels/notices.html", notices)
    panels.register_action(
        70, gettext_lazy("Kirjaa informointi"), "persons:add_notice", "mail-check"
    )
    panels.register_action(82, gettext_lazy("Kuolema"), "persons:death", "calendar-x")
    panels.register_action(84, gettext_lazy("Rajoita tai estä poisto"), "persons:add_mark", "ban")
    panels.register_panel("ties", 70, "side", "persons/panels/ties.html", ties, needs=READ_TIES)
    panels.register_badge("persons/panels/conflict.html", conflict, needs=READ_TIES, order=60)
    panels.register_action(80, gettext_lazy("Sidonnaisuus"), "persons:add_tie", "user-lock")
