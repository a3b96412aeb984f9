"""The list of applications, and those of a person. A fixed number of statements each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.core.paginator import Page
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import AttachmentKind, AttachmentState, Part, State
from applications.intake.models import Application, Ground, Member
from applications.intake.rule_rows import EXPIRING_DAYS
from applications.intake.rules.states import ENDED, EXPIRING
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force, may_be_told
from registry.persons.queries.lists import BoundedPaginator
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from vuokra.access.context import current
from vuokra.rules.queries import rule

PAGE: Final = 50
seldom(Member)


class View(models.TextChoices):
    """Views of the list (näkymät)."""

    NEW = "uudet", _("Uudet")
    INCOMPLETE = "taydennettavat", _("Täydennettävät")
    VALID = "voimassa", _("Voimassa")
    EXPIRING = "vanhenevat", _("Vanhenevat")
    OFFERED = "tarjotut", _("Tarjotut")
    DRAFTS = "luonnokset", _("Luonnokset")
    ENDED = "paattyneet", _("Päättyneet")


OLDEST: Final = ("received_on", "id")
NEWEST: Final = ("-received_on", "-id")
ORDER: Final[dict[View | None, tuple[str, ...]]] = {
    View.NEW: OLDEST,
    View.INCOMPLETE: ("complete_by", "id"),
    View.EXPIRING: ("valid_until", "id"),
}


@dataclass(slots=True)
class ApplicationRow:
    """An application with its household, as lists show it. Of one that is `restricted` no list
    tells why a home is needed."""

    application: Application
    today: date
    members: list[Member] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    restricted: bool = False

    @property
    def applicant(self) -> Person | None:
        """Who asks for a home."""
        return next((one.person for one in self.members if one.part == Part.APPLICANT), None)

    @property
    def persons(self) -> int:
        """How many will live in the home."""
        return sum(one.part != Part.AWAY for one in self.members)

    @property
    def covered(self) -> list[Person]:
        """Those of the household who are under turvakielto."""
        return [one.person for one in self.members if one.person.protected]

    @property
    def hidden(self) -> bool:
        """Whether somebody of the household is under turvakielto."""
        return bool(self.covered)

    @property
    def days_left(self) -> int | None:
        """Days until its validity ends, None when it has none; below zero when it is over."""
        last = self.application.valid_until
        return None if last is None else (last - self.today).days

    @property
    def ends_soon(self) -> bool:
        """Whether it is to be renewed soon."""
        left = self.days_left
        return (
            left is not None
            and self.application.state in EXPIRING
            and left <= _expiring(self.today)
        )


def _expiring(today: date) -> int:
    return rule(EXPIRING_DAYS, today).integer


def application_list(view: View | None, page: int, *, today: date) -> Page[ApplicationRow]:
    """A page of 50 applications of a view; five statements, one more for the number of days before
    expiry. Applications of people whose record is closed to the user are not told (A2), nor those
    of protected people to whoever may not know of a turvakielto. A page beyond the last gives the
    last."""
    order = ORDER.get(view, NEWEST)
    paginator = BoundedPaginator(told(view_is(view, today), today).order_by(*order), PAGE)
    found = paginator.get_page(page)
    rows: Any = found.object_list
    told_rows = with_members(list(rows), today)
    shut = restricted_of(told_rows, today)
    for row in told_rows:
        row.restricted = row.application.pk in shut
    return Page(told_rows, found.number, paginator)


def told(condition: Q, today: date) -> QuerySet[Application]:
    """Applications that may be told to the user."""
    members = Member.objects.filter(application=OuterRef("pk"))
    return Application.objects.filter(condition, may_be_told(members, today))


def restricted(today: date) -> Q:
    """Applications in whose household somebody's processing is restricted (käsittelyn rajoitus):
    they take part in no selection, mailing or bulk act until it ends. Whoever lives elsewhere is
    not of the household. Source: GDPR article 18; data-protection specification, 6.6 and A35."""
    marks = Mark.objects.filter(in_force(today), kind=MarkKind.RESTRICTION)
    members = Member.objects.filter(person__in=marks.values("person")).exclude(part=Part.AWAY)
    return Q(pk__in=members.values("application"))


def of_nobody_restricted(today: date) -> Q:
    """Rows of an application that is not `restricted`, or of none."""
    shut = Application.objects.filter(restricted(today))
    return Q(application=None) | ~Q(application__in=shut)


def view_is(view: View | None, today: date) -> Q:
    """The applications of a view; without one, all that have not ended."""
    match view:
        case None:
            return ~Q(state__in=ENDED)
        case View.NEW:
            return Q(state=State.RECEIVED)
        case View.INCOMPLETE:
            return Q(state=State.INCOMPLETE)
        case View.VALID:
            return Q(state=State.VALID)
        case View.EXPIRING:
            last = today + timedelta(days=_expiring(today))
            return Q(state__in=EXPIRING, valid_until__lte=last)
        case View.OFFERED:
            return Q(state__in=(State.OFFERED, State.ACCEPTED))
        case View.DRAFTS:
            return Q(state=State.DRAFT)
        case View.ENDED:
            return Q(state__in=ENDED)


def with_members(applications: Sequence[Application], today: date) -> list[ApplicationRow]:
    """The applications with their households and grounds; two statements."""
    rows = {one.pk: ApplicationRow(one, today) for one in applications}
    for member in _members(rows):
        rows[member.application_id].members.append(member)
    for ground in Ground.objects.filter(application__in=list(rows)):
        rows[ground.application_id].grounds.append(ground)
    return list(rows.values())


def _members(applications: Any) -> QuerySet[Member]:
    found = Member.objects.filter(application__in=list(applications))
    return found.select_related("person").order_by("id")


def of_person(person: Person, *, today: date) -> list[ApplicationRow]:
    """The applications in which a person is, newest first; three statements, none when nobody knows
    of any. Others whose record is closed to the user do not hide one's own application here: the
    page itself is closed then."""
    if known_empty(person, Member):
        return []
    mine = Application.objects.filter(
        Exists(Member.objects.filter(application=OuterRef("pk"), person=person))
    )
    return with_members(list(mine.order_by(*NEWEST)), today)


def by_numbers(numbers: Sequence[str], *, today: date) -> list[ApplicationRow]:
    """The applications of these numbers that may be told to the user; three statements."""
    return with_members(list(told(Q(number__in=list(numbers)), today).order_by(*OLDEST)), today)


def restricted_of(rows: Sequence[ApplicationRow], today: date) -> set[int]:
    """Which of these applications take part in nothing, as `restricted`; that there are any is
    logged (A35). One statement."""
    found = Application.objects.filter(
        restricted(today), pk__in=[one.application.pk for one in rows]
    ).values_list("pk", flat=True)
    if found:
        current().note("restricted", str(len(found)))
    return set(found)


def may_renew(row: ApplicationRow, today: date) -> bool:
    """Whether it can be renewed with the others: one that was received and has not ended."""
    return row.application.open


def may_remind(row: ApplicationRow, today: date) -> bool:
    """Whether its applicant can be reminded that it expires soon: it is valid still."""
    left = row.days_left
    return row.ends_soon and left is not None and left >= 0


def may_expire(row: ApplicationRow, today: date) -> bool:
    """Whether its validity is over, so that it expires."""
    left = row.days_left
    return row.application.state in EXPIRING and left is not None and left < 0


def waiting(*, today: date) -> dict[View, list[ApplicationRow]]:
    """What waits for whoever takes applications in: new ones, and those that expire; the oldest 100
    of each. Six statements."""
    return {
        view: with_members(
            list(told(view_is(view, today), today).order_by(*ORDER[view])[:100]), today
        )
        for view in (View.NEW, View.EXPIRING)
    }


def arrived_papers(*, today: date) -> list[ApplicationRow]:
    """Applications to which a paper has come that nobody has seen; three statements."""
    arrived = Q(attachments__state=AttachmentState.ARRIVED)
    papers = arrived & ~Q(attachments__kind=AttachmentKind.ORIGINAL)
    chosen = told(papers & ~Q(state__in=ENDED), today).distinct().order_by(*OLDEST)
    return with_members(list(chosen[:100]), today)
