"""Credit checks of the demo company: of whoever a flat is offered to; they are to be weighed."""

from __future__ import annotations

from applications.credit import queries, services
from applications.credit.models import CreditCheck, Result
from applications.credit.services import Asked
from applications.selection.models import LIVE, Decision, RoundState
from vuokra.demo.registry import Progress, Scale


def fill(scale: Scale, progress: Progress) -> None:
    """A check for every flat that is offered."""
    today = scale.today
    offered = Decision.objects.filter(round__state=RoundState.OPEN, offer__state__in=LIVE)
    for number, decision in enumerate(offered.select_related("round").order_by("pk")):
        matter = queries.of_decision(decision)
        asked = Asked(told_on=today, asked_on=today, result=Result.MARKS)
        services.record(matter, matter.parties[0], asked, today=today)
        progress(number + 1, len(offered))


def empty() -> bool:
    """Whether there is no check."""
    return not CreditCheck.objects.exists()
