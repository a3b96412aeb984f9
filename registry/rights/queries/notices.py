"""Who must be told because of a request, and who was (19 artikla)."""

from __future__ import annotations

from django.urls import reverse

from registry.disclosures import matters
from registry.disclosures.models import Notification, NotifyState
from registry.rights.models import DataRequest
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


def notices_of(row: DataRequest) -> list[Notification]:
    """Recipients told, or to be told, because of the request, in order of names; one statement."""
    if row.person_id is None:
        return []
    found = Notification.objects.filter(person_id=row.person_id, reference=row.number)
    return list(found.select_related("recipient").order_by("recipient__name", "id"))


def untold(row: DataRequest) -> int:
    """How many recipients are still to be told because of the request; one statement."""
    return sum(one.state == NotifyState.OPEN for one in notices_of(row))


def page_of(task: Notification) -> str:
    """The page of the request because of which a recipient is told; an empty text when there is
    none of that person, or the user may not open it. One statement."""
    if current().actor.level(Group.RIGHTS) < Level.READ:
        return ""
    found = DataRequest.objects.filter(number=task.reference, person_id=task.person_id).first()
    return reverse("rights:request", args=[found.slug]) if found else ""


def register() -> None:
    """Called from the room's AppConfig."""
    matters.register(page_of)
