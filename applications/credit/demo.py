"""Credit checks of the demo company: of whoever a flat is offered to, and of the
tenant of a lease that is not signed; they are to be weighed."""

from __future__ import annotations

from datetime import date

from applications.credit import queries, services
from applications.credit.models import CreditCheck, Result
from applications.credit.queries import Matter
from applications.credit.services import Asked
from applications.selection.models import LIVE, Decision, RoundState
from leases.contracts.models import Lease
from vuokra.demo.registry import Progress, Scale


def fill(scale: Scale, progress: Progress) -> None:
    """A check for every flat that is offered, and for the first draft of a lease."""
    today = scale.today
    offered = Decision.objects.filter(round__state=RoundState.OPEN, offer__state__in=LIVE)
    for number, decision in enumerate(offered.select_related("round").order_by("pk")):
        _check(queries.of_decision(decision), today)
        progress(number + 1, len(offered))
    draft = Lease.objects.filter(ready_at=None, concluded_on=None, cancelled_on=None)
    for pk in draft.order_by("pk").values_list("pk", flat=True)[:1]:
        _check(queries.of_lease(pk, today)[0], today)


def _check(matter: Matter, today: date) -> None:
    asked = Asked(told_on=today, asked_on=today, result=Result.MARKS)
    services.record(matter, matter.parties[0], asked, today=today)


def empty() -> bool:
    """Whether there is no check."""
    return not CreditCheck.objects.exists()
