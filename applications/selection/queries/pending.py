"""Which decision of a selection is to be acted on now."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from applications.intake.models import Member
from applications.intake.queries.listing import told
from applications.selection.models import LIVE, Decision, Round
from registry.persons.models import Person


def acted_on() -> Q:
    """Decisions that were offered, and the last of a selection when it is still to be offered: not
    one that was set aside, since it lapsed or the chosen is not the household that was compared.
    `applications_selection_pending` is the same."""
    newer = Decision.objects.filter(round=OuterRef("round"), pk__gt=OuterRef("pk"))
    waits = Q(~Exists(newer), application__isnull=False, household_changed_at=None, lapsed_at=None)
    return Q(offer__isnull=False) | waits


def pending_of(round_: Round) -> Decision | None:
    """The decision whose flat is still to be offered (odottava päätös), of those acted on; one
    statement."""
    return Decision.objects.filter(acted_on(), round=round_, offer__isnull=True).first()


def protected_chosen(round_: Round, today: date) -> list[Person]:
    """People under turvakielto whose home the flat is to be, or is: those of the household that was
    chosen last and is still to be offered the flat, and of one that is offered it or took it,
    whatever was chosen later; of those only of whom the user may be told. One statement."""
    last = Decision.objects.filter(round=round_).order_by("-pk").values("pk")[:1]
    holds = Q(offer__isnull=True, pk__in=last) | Q(offer__state__in=LIVE)
    chosen = Decision.objects.filter(holds, round=round_).values("application")
    covered = Member.objects.filter(
        application__in=told(Q(pk__in=chosen), today).values("pk"), person__protected=True
    )
    return [one.person for one in covered.select_related("person").order_by("pk")]
