"""What the conditions of an exception are counted from, as things stand (poikkeamisen olosuhteet).

Source: VNa 166/2008 6–8 §; resident-selection specification, section 9: the share of P5 and the
flats of a permit (P8) are counted live.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from applications.selection.models import CLOSED, Decision, ExemptionPermit, RoundState
from applications.selection.queries.comparison import Comparison
from applications.selection.rules.exceptions import Circumstances, Deviation, PermitTerms
from leases.homes.models import Building, Flat, Funding


def circumstances(
    flat: Flat,
    all_: Comparison,
    chosen: int,
    permit: ExemptionPermit | None,
    on: date,
    *,
    wealth_suffices: bool = False,
) -> Circumstances:
    """The circumstances of choosing a household for a flat on a day; at most three statements."""
    building = flat.stair.building
    in_extension = all_.flat.regime.funding is Funding.ARAVA_EXTENSION
    return Circumstances(
        in_extension=in_extension,
        flats_of_building=flats_of(building, on) if in_extension else 0,
        let_by_share=let_by_share(building) if in_extension else 0,
        permit=terms_of(permit) if permit is not None else None,
        eligible_others=eligible_others(all_, chosen),
        wealth_suffices=wealth_suffices,
    )


def letting() -> QuerySet[Decision]:
    """Decisions by which a flat is let, or may still be: the last of their selections, unless the
    offer came to nothing."""
    later = Decision.objects.filter(round=OuterRef("round"), pk__gt=OuterRef("pk"))
    found = Decision.objects.filter(~Exists(later)).exclude(round__state=RoundState.CANCELLED)
    return found.filter(Q(offer__isnull=True) | ~Q(offer__state__in=CLOSED))


def flats_of(building: Building, on: date) -> int:
    """How many flats of a building are let or to be let on a day."""
    used = Q(given_up_on__isnull=True) | Q(given_up_on__gt=on)
    return Flat.objects.filter(used, stair__building=building).count()


def let_by_share(building: Building) -> int:
    """How many flats of a building are let by P5: those whose last choice was made by it."""
    last = letting().filter(round__flat=OuterRef("pk")).order_by("-pk").values("deviation")[:1]
    flats = Flat.objects.filter(stair__building=building).annotate(last=Subquery(last))
    return flats.filter(last=Deviation.EXTENSION).count()


def terms_of(permit: ExemptionPermit) -> PermitTerms:
    """A permit with how many flats were let by it."""
    return PermitTerms(
        permit.valid_from, permit.valid_to, permit.need, permit.wealth, permit.income_limit,
        permit.flats, letting().filter(permit=permit).count(),
    )  # fmt: skip


def eligible_others(all_: Comparison, chosen: int) -> int:
    """How many others may be chosen: they meet what the flat asks, or it is still open, and were
    not passed over (P9)."""
    return sum(
        one.judgement.eligible is not False for one in all_.waiting() if one.id != str(chosen)
    )
