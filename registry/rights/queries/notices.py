"""Who must be told because of a request, and who was (19 artikla)."""

from __future__ import annotations

from registry.disclosures.models import Notification, NotifyState
from registry.rights.models import DataRequest


def notices_of(row: DataRequest) -> list[Notification]:
    """Recipients told, or to be told, because of the request, in order of names; one statement."""
    if row.person_id is None:
        return []
    found = Notification.objects.filter(person_id=row.person_id, reference=row.number)
    return list(found.select_related("recipient").order_by("recipient__name", "id"))


def untold(row: DataRequest) -> int:
    """How many recipients are still to be told because of the request; one statement."""
    return sum(one.state == NotifyState.OPEN for one in notices_of(row))
