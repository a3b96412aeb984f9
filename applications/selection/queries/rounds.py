"""Selections and flats that wait for one: the list that a chooser works from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from applications.selection.models import LIVE, Decision, Offer, Round, RoundState
from applications.selection.queries.pending import acted_on
from applications.selection.queries.suitable import without_applicants
from leases.homes.models import Flat
from leases.homes.queries import WHOLE, Filters, FlatRow, Part, filtered, with_standing
from registry.persons.queries.lists import BoundedPaginator

PAGE = 50
SOONEST = ("free_from", "pk")
WAITING = 100
"""Rows of a kind that the work queue is told of."""


class View(models.TextChoices):
    """Parts of the list (rajaus), as they stand in an address."""

    OFFERED = "tarjotut", _("Tarjottu")
    APPROVAL = "hyvaksyttavat", _("Odottaa hyväksyntää")
    FREE = "ilman", _("Ilman valintaa")
    CLOSED = "paattyneet", _("Päättyneet")


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A flat with its selection, if there is one (valinta luettelossa)."""

    flat: FlatRow
    round: Round | None = None
    decision: Decision | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for whoever chooses: open selections, and those for whose flat nobody asks."""

    open: list[RoundRow]
    alone: list[RoundRow]


def round_list(view: View | None, number: int, *, today: date) -> Page[RoundRow]:
    """A page of 50: selections that are open or were closed, or flats without one; a fixed number
    of statements. Without a view all that are open. A page beyond the last gives the last."""
    if view is View.FREE:
        paginator = BoundedPaginator(without(today), PAGE)
        found = paginator.get_page(number)
        rows = [RoundRow(one) for one in with_standing(list(found.object_list), today)]
    else:
        paginator = BoundedPaginator(_whole(_rounds(view)).order_by(*SOONEST), PAGE)
        found = paginator.get_page(number)
        rows = with_steps(list(found.object_list), today)
    return Page(rows, found.number, paginator)


def _whole(rounds: QuerySet[Round]) -> QuerySet[Round]:
    return rounds.select_related(*(f"flat__{one}" for one in WHOLE))


def without(today: date) -> QuerySet[Flat]:
    """Flats that are free or become free, and for which nobody is being chosen."""
    open_ = Exists(Round.objects.filter(flat=OuterRef("pk"), state=RoundState.OPEN))
    free, freeing = (filtered(Filters(part=one), today=today) for one in (Part.FREE, Part.FREEING))
    both = Flat.objects.filter(Q(pk__in=free.values("pk")) | Q(pk__in=freeing.values("pk")))
    return both.filter(~open_).select_related(*WHOLE).order_by("sort_key", "pk")


def _rounds(view: View | None) -> QuerySet[Round]:
    offers = Offer.objects.filter(round=OuterRef("pk"), state__in=LIVE)
    match view:
        case View.CLOSED:
            return Round.objects.exclude(state=RoundState.OPEN)
        case View.OFFERED:
            return Round.objects.filter(Exists(offers), state=RoundState.OPEN)
        case View.APPROVAL:
            waits = Decision.objects.filter(
                acted_on(), round=OuterRef("pk"), needs_approval=True, approved_at=None, offer=None
            )
            return Round.objects.filter(Exists(waits), state=RoundState.OPEN)
        case _:
            return Round.objects.filter(state=RoundState.OPEN)


def with_steps(rounds: Sequence[Round], today: date) -> list[RoundRow]:
    """Selections with the last decision that is acted on, and its offer; five statements."""
    flats = {one.flat.pk: one for one in with_standing([one.flat for one in rounds], today)}
    of = Q(round__in=[one.pk for one in rounds])
    acted = Decision.objects.filter(acted_on(), of).order_by("pk")
    decisions = {one.round_id: one for one in acted}
    offers = {one.decision_id: one for one in Offer.objects.filter(of)}

    def row(one: Round) -> RoundRow:
        last = decisions.get(one.pk)
        return RoundRow(flats[one.flat_id], one, last, offers.get(last.pk) if last else None)

    return [row(one) for one in rounds]


def waiting(*, today: date) -> Waiting:
    """The first 100 of each; ten statements."""
    open_ = _whole(_rounds(None))
    alone = without_applicants(open_, today)
    found = [with_steps(list(rows.order_by(*SOONEST)[:WAITING]), today) for rows in (open_, alone)]
    return Waiting(*found)
