"""Which decision of a selection is to be acted on now."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from applications.intake.models import Member
from applications.intake.queries.listing import told
from applications.intake.rules.states import OPEN
from applications.selection.models import LIVE, Decision, Round, Skip
from registry.persons.models import Person


def pending_of(round_: Round) -> Decision | None:
    """The decision whose flat is still to be offered (odottava päätös): the last one, when it has
    no offer, unless the chosen was passed over, asks for no home any more, or is not the household
    that was compared; two statements. `applications_selection_pending` is the same."""
    newer = Decision.objects.filter(round=OuterRef("round"), pk__gt=OuterRef("pk"))
    row = Decision.objects.filter(
        ~Exists(newer), round=round_, offer__isnull=True, household_changed_at=None,
        application__state__in=OPEN,
    ).first()  # fmt: skip
    if row is None:
        return None
    passed = Skip.objects.filter(round=round_, application=row.application_id, taken_back_at=None)
    return None if passed.exists() else row


def protected_chosen(round_: Round, today: date) -> list[Person]:
    """People under turvakielto whose home the flat is to be, or is: those of the household that was
    chosen last, unless its offer came to nothing; of those only of whom the user may be told. One
    statement."""
    last = Decision.objects.filter(round=round_).order_by("-pk").values("pk")[:1]
    holds = Q(offer__isnull=True) | Q(offer__state__in=LIVE)
    chosen = Decision.objects.filter(holds, pk__in=last).values("application")
    covered = Member.objects.filter(
        application__in=told(Q(pk__in=chosen), today).values("pk"), person__protected=True
    )
    return [one.person for one in covered.select_related("person").order_by("pk")]
