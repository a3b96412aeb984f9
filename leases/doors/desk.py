"""Rows of the door in the work queue: openings whose outcome nobody told, nights without anybody on
call, and one's own duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.doors.queries import on_call, openings
from leases.doors.rule_rows import GAP_DAYS, REPORT_HOURS
from registry.watch.rules import KEEPERS
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule
from vuokra.ui import formatting
from vuokra.ui.weeks import ASKED, week_name

WRITE: Final = ((Group.PERSON, Level.READ), (Group.MAINTENANCE, Level.WRITE))
OPENINGS = Kind("ovenavaus", gettext_lazy("Ovenavaus"), "key-round", needs=WRITE, weight=30)
GAPS = Kind(
    "paivystys-puuttuu", gettext_lazy("Päivystäjä puuttuu"), "calendar-x",
    roles=frozenset(KEEPERS), weight=40,
)  # fmt: skip
OWN = Kind("paivystysvuoro", gettext_lazy("Päivystysvuoro"), "calendar-clock", needs=WRITE)


def opening_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Openings ordered hours ago whose outcome nobody has told; three statements."""
    hours = timedelta(hours=rule(REPORT_HOURS, today).integer)
    for found in openings.unreported(timezone.now() - hours, today=today):
        one = found.opening
        yield Row(
            kind=OPENINGS.code, key=f"ovenavaus-{one.pk}", task=_("Kirjaa ovenavauksen tulos"),
            facts="" if found.hidden else one.question.flat.address,
            due=one.ordered_at + hours, action=_("Kirjaa"),
            url=reverse("doors:report", args=[one.pk]), person_id=None, protected=found.hidden,
            since=timezone.localdate(one.ordered_at), owner=one.ordered_by_id,
        )  # fmt: skip


def gap_rows(actor: Actor, today: date) -> Iterator[Row]:
    """On-call times of the next days in which nobody is on duty; two statements."""
    now = timezone.localtime(timezone.now())
    for night in on_call.roster(now, now + timedelta(days=rule(GAP_DAYS, today).integer)):
        for gap in night.gaps:
            yield Row(
                kind=GAPS.code, key=f"{gap.ends:%Y%m%d%H%M}",
                task=_("Kirjaa päivystäjä"),
                facts=f"{formatting.moment(gap.begins)}–{formatting.moment(gap.ends)}",
                due=gap.begins, action=_("Avaa viikko"),
                url=f"{reverse('doors:roster')}?{ASKED}={week_name(gap.begins.date())}",
                since=None,
            )  # fmt: skip


def own_rows(actor: Actor, today: date) -> Iterator[Row]:
    """The user's own duty that is on, or begins today; one statement."""
    now = timezone.now()
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min))
    duty = on_call.next_duty(actor.user_id, now, midnight)
    if duty is not None:
        on = duty.starts_at <= now
        begins, ends = (timezone.localtime(at) for at in (duty.starts_at, duty.ends_at))
        yield Row(
            kind=OWN.code, key=f"vuoro-{duty.pk}",
            task=_("Olet päivystysvuorossa") if on else _("Päivystysvuorosi alkaa"),
            facts=f"{formatting.moment(begins)}–{formatting.moment(ends)}",
            due=ends if on else begins, action=_("Avaa päivystys"),
            url=reverse("doors:on_call"), owner=actor.user_id, since=None,
        )  # fmt: skip


def register() -> None:
    """Register the kinds and their rows."""
    desk.register(OPENINGS, opening_rows)
    desk.register(GAPS, gap_rows)
    desk.register(OWN, own_rows)
