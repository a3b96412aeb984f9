"""Rows of requests in the work queue: deadlines, approvals, confirmations, the clock (6.8)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons.queries.standing import closed
from registry.rights import clock, rules
from registry.rights.models import OPEN, Act, DataRequest, LetterKind, Right, State
from registry.rights.rule_rows import ASK_WITHIN, FIRST_ALERT, SECOND_ALERT
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import holidays_between
from vuokra.rules.queries import rules as rules_on
from vuokra.rules.rules import add_working_days
from vuokra.ui import formatting

KIND: Final = Kind(
    "tietopyynto",
    gettext_lazy("Tietopyyntö"),
    "shield-user",
    needs=((Group.RIGHTS, Level.READ), (Group.PERSON, Level.READ)),
    weight=100,
    violet=True,
)

FIELDS = (
    "number", "state", "rights", "received_on", "target", "deadline", "last_target",
    "last_deadline", "handler", "submitted_by", "person", "version",
)  # fmt: skip


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """What waits of requests; at most five statements.

    Whoever keeps requests has a row of each open one, by the safe day. The leader hears of those
    whose deadline nears or has passed, and of those that nobody took in time (DP-A57).
    """
    reading = clock.read()
    if reading.went_back:
        yield _clock_row(reading)
    day = max(today, reading.latest_day)
    keeps = actor.level(Group.RIGHTS) >= Level.WRITE
    found = DataRequest.objects.filter(~closed(today), state__in=OPEN).only(*FIELDS)
    open_ones = list(found.order_by("id"))
    alerts = Alerts.on(day, min((row.received_on for row in open_ones), default=day))
    for row in open_ones:
        if row.state == State.IN_REVIEW and _may_approve(row, actor):
            yield _row(row, day, alerts, approving=True)
        elif keeps or alerts.leader_hears(row, day):
            yield _row(row, day, alerts)
    if keeps:
        yield from _unconfirmed(today)


@dataclass(frozen=True, slots=True)
class Alerts:
    """When somebody hears of a request: the numbers of 6.8, read once."""

    first: int
    second: int
    take_within: int
    holidays: Container[date]

    @classmethod
    def on(cls, day: date, oldest: date) -> Alerts:
        """The numbers in force on a day; `oldest` is when the first open request came."""
        found = rules_on([FIRST_ALERT, SECOND_ALERT, ASK_WITHIN], day)
        return cls(
            first=found[FIRST_ALERT].integer,
            second=found[SECOND_ALERT].integer,
            take_within=found[ASK_WITHIN].integer,
            holidays=holidays_between(oldest, day),
        )

    def leader_hears(self, row: DataRequest, day: date) -> bool:
        """Whether the deadline is near or past, or nobody took the request in time."""
        left = rules.days_left(row.due_target, day)
        return left <= self.first or (row.handler_id is None and self.left_lying(row, day))

    def shows(self, row: DataRequest, day: date) -> bool:
        """Whether the row stands in the queue before its week: the deadline nears (−7, −2), or the
        request has not been begun."""
        return rules.days_left(row.due_target, day) <= self.first or row.state == State.RECEIVED

    def left_lying(self, row: DataRequest, day: date) -> bool:
        """Whether the working days in which a request is begun have gone by (DP-A57)."""
        return day > add_working_days(row.received_on, self.take_within, self.holidays)

    def words(self, row: DataRequest, day: date) -> str:
        """How urgent a request is, in words: seven days, two days, passed."""
        left = rules.days_left(row.due, day)
        if left < 0:
            return _("Määräaika on ohi.")
        if left <= self.second:
            return _("Määräaika aivan lähellä.")
        if left <= self.first:
            return _("Määräaika lähestyy.")
        return ""


def _may_approve(row: DataRequest, actor: Actor) -> bool:
    own = actor.user_id in (row.handler_id, row.submitted_by_id)
    return not own or not rules.needs_two(row.rights)


def _row(row: DataRequest, day: date, alerts: Alerts, *, approving: bool = False) -> Row:
    facts = [row.number, ", ".join(str(right.label) for right in row.asks)]
    facts.append(_("viimeinen lakipäivä %(date)s") % {"date": formatting.date(row.due)})
    if urgent := alerts.words(row, day):
        facts.append(urgent)
    if row.handler_id is None and alerts.left_lying(row, day):
        facts.append(_("Kukaan ei ole ottanut käsittelyyn."))
    task, action = _words(row, approving=approving)
    return Row(
        kind=KIND.code, key=f"{'review' if approving else 'request'}-{row.pk}", task=task,
        facts=" · ".join(facts), due=row.due_target, action=action,
        url=reverse("rights:approve" if approving else "rights:request", args=[row.slug]),
        person_id=row.person_id, statutory=True, since=row.received_on,
        owner=None if approving else row.handler_id, soon=approving or alerts.shows(row, day),
    )  # fmt: skip


def _words(row: DataRequest, *, approving: bool) -> tuple[str, str]:
    if approving:
        return _("Tarkasta ja hyväksy vastaus"), _("Tarkasta")
    if row.handler_id is None:
        return _("Ota tietopyyntö käsittelyyn"), _("Avaa")
    tasks = {
        State.RECEIVED: _("Varmista pyytäjän henkilöllisyys"),
        State.IDENTIFYING: _("Tunnistautumista odotetaan"),
        State.IN_REVIEW: _("Vastaus odottaa toisen tarkastusta"),
        State.APPROVED: _("Toimita hyväksytty vastaus"),
    }
    return tasks.get(State(row.state), _("Ratkaise tietopyyntö")), _("Jatka")


def _unconfirmed(today: date) -> Iterator[Row]:
    """Objections that closed themselves, and whose written confirmation has not gone out."""
    found = (
        DataRequest.objects.filter(~closed(today), steps__act=Act.OBJECTED)
        .filter(rights__overlap=[Right.MARKETING.value, Right.CONSENT.value])
        .exclude(letters__kind=LetterKind.CONFIRMATION)
        .only(*FIELDS)
        .distinct()
    )
    for row in found.order_by("id"):
        yield Row(
            kind=KIND.code, key=f"confirm-{row.pk}", task=_("Lähetä vahvistus kiellosta"),
            facts=row.number, due=row.due_target, action=_("Kirjaa"),
            url=reverse("rights:confirm", args=[row.slug]), person_id=row.person_id,
            statutory=True, since=row.received_on, owner=row.handler_id,
        )  # fmt: skip


def _clock_row(reading: clock.Reading) -> Row:
    """The server's clock is behind what was recorded: no alert is put off by it (DP-A51)."""
    return Row(
        kind=KIND.code, key="clock", task=_("Palvelimen kello on jäljessä"),
        facts=_("Viimeisin kirjaus on myöhempi kuin kello. Määräajat lasketaan kirjauksesta."),
        due=timezone.localdate(reading.now), action=_("Katso"), url=reverse("rights:list"),
        statutory=True,
    )  # fmt: skip


def register() -> None:
    """Register the rows of this room."""
    desk.register(KIND, rows)
