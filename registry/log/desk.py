"""What the log itself puts into the work queue: seals that lag behind, and a panel beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.log.queries import SEAL_LATE, Wanted, alarms_since
from vuokra.access import queries as seals
from vuokra.access.context import Actor
from vuokra.access.log_queries import Segment
from vuokra.desk import rows, side
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role

SEAL = "lokin-eheys"
ALARM_DAYS = 7
MOST_ALARMS = 100
MOST_LOOKS = 100
SEALS = Kind(
    SEAL, gettext_lazy("Lokin eheys"), "shield-alert",
    roles=frozenset({Role.JOH, Role.TAR, Role.REK}), weight=60, violet=True,
)  # fmt: skip


def register() -> None:
    """Add the kind to the queue, and the panel beside it."""
    rows.register(SEALS, seal_rows)
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
