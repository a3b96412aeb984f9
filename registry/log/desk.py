"""What the log itself puts into the work queue: seals that lag behind, and alarms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.log.queries import SEAL_LATE, Wanted, alarms_since
from vuokra.access import queries as seals
from vuokra.access.context import Actor
from vuokra.access.log_queries import Segment
from vuokra.desk import rows, side
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role

SEAL, ALARM = "lokin-eheys", "halytys"
ALARM_DAYS = 7
MOST_ALARMS = 100
MOST_LOOKS = 100
SEALS = Kind(
    SEAL, gettext_lazy("Lokin eheys"), "shield-alert",
    roles=frozenset({Role.JOH, Role.TAR, Role.REK}), weight=60, violet=True,
)  # fmt: skip
ALARMS = Kind(
    ALARM, gettext_lazy("Hälytys"), "siren", roles=frozenset({Role.TAR}), weight=50, violet=True
)


def register() -> None:
    """Add the kinds to the queue, and the panel beside it."""
    rows.register(SEALS, seal_rows)
    rows.register(ALARMS, alarm_rows)
    side.register(90, "log/desk_panel.html", panel)


def panel(actor: Actor, today: date) -> dict[str, Any]:
    """People one has looked at today, and for those who watch the log its alarms and seals.

    At most three statements; looks are those of people, in pages.
    """
    me = actor.user_id
    own = Wanted(segment=Segment.VIEWS, actor_id=me, first=today, quiet_for=me)
    looked = own.rows(place=None, onward=False, limit=MOST_LOOKS)
    watches = actor.level(Group.LOG) >= Level.READ
    since = today - timedelta(days=ALARM_DAYS)
    return {
        "looks": sum(row.subject_count > 0 for row in looked),
        "more": len(looked) == MOST_LOOKS,
        "alarms": len(alarms_since(since, MOST_ALARMS)) if watches else None,
        "late": seals.seal_age() > SEAL_LATE if SEALS.open_to(actor) else None,
    }


def seal_rows(actor: Actor, today: date) -> Iterable[Row]:
    """The sealer lags or has stopped: what was done since is under no seal. One statement."""
    age = seals.seal_age()
    if age <= SEAL_LATE:
        return
    minutes = int(age.total_seconds() // 60)
    yield Row(
        kind=SEAL,
        key="sinetti",
        task=_("Loki on sinetöimättä"),
        facts=_("Vanhin sinetöimätön rivi on odottanut %(n)s min. Tarkista, että sinetöinti käy.")
        % {"n": minutes},
        due=today,
        action=_("Tarkista"),
        url=reverse("log:integrity"),
        statutory=True,
        since=timezone.localdate(timezone.now() - age),
    )


def alarm_rows(actor: Actor, today: date) -> Iterable[Row]:
    """Alarms of the last seven days as one row that opens their list (9.5). One statement."""
    found = alarms_since(today - timedelta(days=ALARM_DAYS), MOST_ALARMS)
    if not found:
        return
    count = len(found)
    many = "+" if count == MOST_ALARMS else ""
    text = ngettext("%(n)s hälytys tarkistettavana", "%(n)s hälytystä tarkistettavana", count)
    yield Row(
        kind=ALARM,
        key="viikko",
        task=text % {"n": f"{count}{many}"},
        facts=_("Viimeisten %(days)s päivän ajalta") % {"days": ALARM_DAYS},
        due=today,
        action=_("Avaa lista"),
        url=f"{reverse('log:list')}?halytys=1&pv={ALARM_DAYS}",
        statutory=True,
        since=timezone.localdate(found[-1].at),
    )
