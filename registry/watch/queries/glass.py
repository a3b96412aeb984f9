"""Break-glass: what is open, what waits for a second person or for its review; on-call duty."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from registry.log.queries import Line, in_words
from registry.persons.models import Person
from registry.persons.queries import surviving
from registry.watch import rules
from registry.watch.models import BreakGlass, Duty, GlassApproval, GlassEnd, GlassReview
from registry.watch.rule_rows import GLASS_MINUTES, GLASS_REVIEW_DAYS
from registry.watch.rules import Ended
from vuokra.access.actor import Case, Opened
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.log_queries import events_of_case
from vuokra.accounts.models import RoleGrant
from vuokra.accounts.queries import staff_names, valid_on
from vuokra.accounts.sessions import over_since
from vuokra.policy.roles import Role
from vuokra.rules.queries import RuleValue, rule, working_day_after

TABLE = "registry_watch_breakglass"
CASE = "hatakatselu"
PAGE = 50
DUTY_DAYS = 60
"""For how long a past duty is still listed."""
MOST_DUTIES = 200
_STATE = ("subject_id", "staff_id", "wants_special", "opened_at", "ends_at", "session")


@dataclass(frozen=True, slots=True)
class GlassRow:
    """A break-glass as a list shows it: who, of whom, and when it is to be reviewed."""

    glass: BreakGlass
    staff: str
    person: Person | None
    review: GlassReview | None
    due: dt.date

    @property
    def own(self) -> bool:
        """Whether the signed-in user opened it himself: then another reviews it."""
        return self.glass.staff_id == current().actor.user_id


@dataclass(frozen=True, slots=True)
class GlassPage:
    """A break-glass with everything that was opened under it, for its review."""

    row: GlassRow
    ended: Ended
    lines: list[Line]
    approver: str
    approved_at: dt.datetime | None
    reviewer: str


def person_of(public_id: str) -> Person:
    """The person of an address, past the ties: only to open a break-glass; nothing of him is shown.

    Raises ObjectDenied when there is none.
    """
    person = Person.with_merged.only("public_id", "merged_into").filter(public_id=public_id).first()
    if person is None:
        raise ObjectDenied("registry_persons_person")
    return surviving(person)


def opened(pk: int, now: dt.datetime) -> Opened | None:
    """What the user's own break-glass lends now, or None when it is over; one statement."""
    approved = GlassApproval.objects.filter(glass=OuterRef("pk"))
    found = BreakGlass.objects.filter(
        pk=pk, staff_id=current().actor.user_id, ends_at__gt=now, end=None
    )
    glass = found.annotate(approved=Exists(approved)).only(*_STATE).first()
    if glass is None:
        return None
    special: bool = glass.approved
    return Opened(glass.pk, glass.subject_id, glass.ends_at, rules.LENT, special)


def own(pk: int) -> BreakGlass | None:
    """The user's own break-glass as far as he may see of it, or None; one statement."""
    found = BreakGlass.objects.filter(pk=pk, staff_id=current().actor.user_id)
    return found.only(*_STATE).first()


def unreviewed(staff_id: int | None) -> bool:
    """Whether a break-glass of a user waits for its review; one statement."""
    return BreakGlass.objects.filter(staff_id=staff_id, review=None).exists()


def minutes(today: dt.date) -> RuleValue:
    """How long a break-glass lasts."""
    return rule(GLASS_MINUTES, today)


def glass_of(pk: int) -> BreakGlass:
    """A break-glass. Raises ObjectDenied when there is none."""
    found = BreakGlass.objects.select_related("review", "end").filter(pk=pk).first()
    if found is None:
        raise ObjectDenied(TABLE, pk)
    return found


def glass_list(number: int = 1) -> Page[GlassRow]:
    """A page of break-glasses, newest first; five statements at most."""
    found = BreakGlass.objects.select_related("review", "end").order_by("-opened_at", "-id")
    page: Page[GlassRow] = Paginator(found, PAGE).get_page(number)  # type: ignore[assignment]  # rows follow
    page.object_list = _rows(list(page.object_list))  # type: ignore[arg-type]  # glasses still
    return page


def glass_page(pk: int, *, with_events: bool = True) -> GlassPage:
    """A break-glass, with its events for those who may read the log; at most nine statements.
    Raises as `glass_of`."""
    glass = glass_of(pk)
    row = _rows([glass])[0]
    approval = GlassApproval.objects.filter(glass=glass).first()
    second = [approval.approver_id] if approval else []
    reviewer = [row.review.reviewer_id] if row.review else []
    names = staff_names([*second, *reviewer])
    return GlassPage(
        row,
        ended(glass, timezone.now()),
        _events(glass) if with_events else [],
        names.get(second[0], "") if second else "",
        approval.approved_at if approval else None,
        names.get(reviewer[0], "") if reviewer else "",
    )


def ended(glass: BreakGlass, now: dt.datetime) -> Ended:
    """When a break-glass came, or is to come, to its end; one statement, two where its end was not
    read with it."""
    end: GlassEnd | None = getattr(glass, "end", None)
    return rules.ended(
        glass.ends_at,
        by_user=end.ended_at if end else None,
        session_over=over_since(glass.session, glass.staff_id, now),
    )


def _events(glass: BreakGlass) -> list[Line]:
    margin = dt.timedelta(hours=1)
    case = Case(CASE, glass.pk)
    return in_words(events_of_case(case, glass.opened_at - margin, glass.ends_at + margin))


def _rows(found: list[BreakGlass]) -> list[GlassRow]:
    names = staff_names(glass.staff_id for glass in found)
    ids = {glass.subject_id for glass in found}
    persons = Person.with_merged.only("public_id", "customer_number").in_bulk(ids) if ids else {}
    return [
        GlassRow(
            glass, names.get(glass.staff_id, ""), persons.get(glass.subject_id), _review(glass),
            review_due(glass.opened_at),
        )
        for glass in found
    ]  # fmt: skip


def _review(glass: BreakGlass) -> GlassReview | None:
    return getattr(glass, "review", None)


def review_due(opened_at: dt.datetime) -> dt.date:
    """The last working day for reviewing a break-glass."""
    day = timezone.localdate(opened_at)
    days = rule(GLASS_REVIEW_DAYS, day).integer
    return working_day_after(day, days)


def waiting_for_review() -> QuerySet[BreakGlass]:
    """Break-glasses that another than the user may review now."""
    waits = BreakGlass.objects.filter(review=None).exclude(staff_id=current().actor.user_id)
    return waits.order_by("opened_at")


def waiting_for_approval(now: dt.datetime) -> list[BreakGlass]:
    """Break-glasses that last still and ask another than the user for class D; one statement, and
    one for each."""
    waits = BreakGlass.objects.filter(wants_special=True, ends_at__gt=now, approval=None, end=None)
    waits = waits.select_related("end")
    found = waits.exclude(staff_id=current().actor.user_id).order_by("ends_at")
    return [glass for glass in found if ended(glass, now).at > now]


def said_before(staff_id: int, reason: str) -> bool:
    """Whether the user gave the same reason when he last opened one. The database compares: the
    words are read by nobody who has not the right to them."""
    last = BreakGlass.objects.filter(staff_id=staff_id).order_by("-id").values("pk")[:1]
    return BreakGlass.objects.filter(pk__in=last, reason__iexact=reason).exists()


def watchers_mail(today: dt.date) -> list[str]:
    """E-mail addresses of today's registrars and log auditors; one statement."""
    holders = RoleGrant.objects.filter(
        valid_on(today), role__in=(Role.REK, Role.TAR), user__is_active=True
    )
    return [mail for mail in holders.values_list("user__email", flat=True).distinct() if mail]


# -- on-call duty ------------------------------------------------------------------------------


def on_call(staff_id: int | None, now: dt.datetime) -> bool:
    """Whether a user is on call at the moment; one statement."""
    now_on = Duty.objects.filter(staff_id=staff_id, starts_at__lte=now, ends_at__gt=now)
    return now_on.exists()


@dataclass(frozen=True, slots=True)
class NamedDuty:
    """A duty with names."""

    row: Duty
    staff: str
    recorder: str
    begun: bool


def duties(now: dt.datetime) -> list[NamedDuty]:
    """Duties to come and those of the last days, newest first; two statements."""
    since = now - dt.timedelta(days=DUTY_DAYS)
    found = list(Duty.objects.filter(ends_at__gte=since)[:MOST_DUTIES])
    names = staff_names({duty.staff_id for duty in found} | {duty.recorded_by_id for duty in found})
    return [
        NamedDuty(
            duty, names.get(duty.staff_id, ""), names.get(duty.recorded_by_id, ""),
            duty.starts_at <= now,
        )
        for duty in found
    ]  # fmt: skip


def duty_of(pk: int) -> Duty:
    """A duty. Raises ObjectDenied when there is none."""
    found = Duty.objects.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("registry_watch_duty", pk)
    return found
