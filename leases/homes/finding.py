"""What the search box finds of homes: flats by address, whoever lives there (ui 5.2)."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy

from leases.homes import queries, rules
from leases.homes.models import Flat
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.search import registry
from vuokra.search.registry import LIMIT, Hit
from vuokra.ui import formatting

SHORTEST = 3


def register() -> None:
    """Flats in the search box."""
    registry.register(
        "homes", gettext_lazy("Huoneistot"), 20, find, [(Group.HOMES, Level.READ)],
        icon="building-2",
    )  # fmt: skip


def find(text: str, today: date) -> list[Hit]:
    """Flats as hits of the search box; none for less than three letters of a street."""
    wanted = rules.search_address(text)
    if wanted is None or len(wanted.street) < SHORTEST:
        return []
    return [_hit(flat) for flat in queries.search(wanted, limit=LIMIT)]


def _hit(flat: Flat) -> Hit:
    return Hit(
        url=reverse("homes:flat", args=[flat.pk]),
        title=flat.address,
        second=f"{flat.type}, {formatting.area(flat.area)}",
    )
