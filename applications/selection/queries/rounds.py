"""Selections and flats that wait for one: the list that a chooser works from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from applications.selection.models import Decision, Offer, OfferState, Round, RoundState
from applications.selection.queries.suitable import without_applicants
from leases.homes.models import Flat
from leases.homes.queries import WHOLE, Filters, FlatRow, Part, filtered, with_standing

PAGE = 50
LIVE = (OfferState.OPEN, OfferState.ACCEPTED)


class View(models.TextChoices):
    """Parts of the list (rajaus), as they stand in an address."""

    OPEN = "avoimet", _("Valinta kesken")
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


def round_list(view: View | None, number: int, *, today: date) -> Page[RoundRow]:
    """A page of 50: selections that are open or were closed, or flats without one; a fixed number
    of statements. Without a view the open ones. A page beyond the last gives the last."""
    rows: list[RoundRow]
    if view is View.FREE:
        flats = Paginator(without(today), PAGE)
        free = flats.get_page(number)
        rows = [RoundRow(one) for one in with_standing(list(free.object_list), today)]
        return Page(rows, free.number, cast("Any", flats))
    chosen = _rounds(view).select_related(*(f"flat__{one}" for one in WHOLE))
    paginator = Paginator(chosen.order_by("free_from", "pk"), PAGE)
    found = paginator.get_page(number)
    rows = with_steps(list(found.object_list), today)
    return Page(rows, found.number, cast("Any", paginator))


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
                round=OuterRef("pk"), needs_approval=True, approved_at=None, offer=None
            )
            return Round.objects.filter(Exists(waits), state=RoundState.OPEN)
        case _:
            return Round.objects.filter(state=RoundState.OPEN)


def with_steps(rounds: Sequence[Round], today: date) -> list[RoundRow]:
    """Selections with their last decision and offer; five statements."""
    flats = {one.flat.pk: one for one in with_standing([one.flat for one in rounds], today)}
    of = Q(round__in=[one.pk for one in rounds])
    decisions = {one.round_id: one for one in Decision.objects.filter(of).order_by("pk")}
    offers = {one.round_id: one for one in Offer.objects.filter(of).order_by("pk")}
    return [
        RoundRow(flats[one.flat_id], one, decisions.get(one.pk), offers.get(one.pk))
        for one in rounds
    ]


def waiting(*, today: date) -> dict[View, list[RoundRow]]:
    """What waits for whoever chooses: open selections, and of them those for whose flat nobody
    asks; the first 100 of each. Ten statements."""
    whole = _rounds(None).select_related(*(f"flat__{one}" for one in WHOLE))
    open_ = with_steps(list(whole.order_by("free_from", "pk")[:100]), today)
    alone = without_applicants(whole, today).order_by("free_from", "pk")[:100]
    return {View.OPEN: open_, View.FREE: with_steps(list(alone), today)}
