"""Every address × every role: where the protected person lives, or is to live, is told on no page
that tells of the person."""

from __future__ import annotations

import pytest

from tests.walk.conftest import start_walk
from tests.walk.fixtures import PAGES
from tests.walk.nest import STREET, plant_nest
from tests.walk.routes import Route, routes
from tests.walk.test_walk import EVERYBODY, name_of
from vuokra.policy.roles import Role

ROOMS = ("selection:", "orders:", "credit:", "supervision:", "applications:application",
         "applications:review", "applications:list")  # fmt: skip


def looked_for(
    planted: tuple[dict[str, str], dict[str, int]], role: Role | str | None, chosen: list[Route]
) -> set[str]:
    nest, walker = plant_nest(planted[1]["protected"]), start_walk(planted, role)
    found = [one for route in chosen for one in nest.leaks(walker, route, PAGES[route.key])]
    assert not found, f"\n{name_of(role)}:\n" + "\n".join(found)
    return nest.heard


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.HAK, Role.VAL], ids=name_of)
def test_DP_T7_the_chosen_home_on_pages_of_selection(
    planted: tuple[dict[str, str], dict[str, int]], role: Role
) -> None:
    chosen = [one for one in routes() if one.key.startswith(ROOMS)]
    assert STREET in looked_for(planted, role, chosen), "the list of selections tells the flat"


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYBODY, ids=name_of)
def test_DP_T7_homes_on_every_page(
    planted: tuple[dict[str, str], dict[str, int]], role: Role | str | None
) -> None:
    looked_for(planted, role, routes())
