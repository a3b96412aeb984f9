"""Which decision of a selection is to be acted on now."""

from __future__ import annotations

from applications.intake.rules.states import OPEN
from applications.selection.models import Decision, Round, Skip


def pending_of(round_: Round) -> Decision | None:
    """The decision whose flat is still to be offered (odottava päätös): the last one without an
    offer, unless the chosen was passed over since or asks for no home any more; two statements."""
    row = (
        Decision.objects.filter(round=round_, offer__isnull=True, application__state__in=OPEN)
        .order_by("pk")
        .last()
    )
    if row is None:
        return None
    since = Skip.objects.filter(taken_back_at=None, made_at__gte=row.decided_at)
    passed = since.filter(round=round_, application=row.application_id)
    return None if passed.exists() else row
