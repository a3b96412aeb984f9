"""Every address × every role: nobody is shown what his role may not see, and every look is told."""

from __future__ import annotations

import pytest

from tests.walk.conftest import start_walk
from tests.walk.fixtures import PAGES
from tests.walk.routes import Route, routes
from vuokra.access.views import AccessSpec
from vuokra.policy.groups import Group
from vuokra.policy.roles import Role

EVERYBODY: list[Role | str | None] = [None, "", *Role]
MAIN = (
    "home", "account_login", "account_activate", "admin:index", "admin:vuokra_accounts_user_change",
    "persons:list", "persons:search", "persons:export", "persons:card", "persons:reveal_hetu",
    "persons:edit", "log:list", "log:person", "log:own", "ui:help",
)  # fmt: skip

HEARD = {
    Role.SOP: {Group.CUSTOMER, Group.PERSON, Group.IDENTITY, Group.HETU, Group.CONTACT},
    Role.HUO: {Group.CUSTOMER, Group.PERSON, Group.STAFF},
    Role.TAR: {Group.CUSTOMER, Group.STAFF},
    Role.PAA: {Group.STAFF},
}
"""What the walk must have come upon, so that its silence elsewhere means something."""


def name_of(role: Role | str | None) -> str:
    return "anonymous" if role is None else str(role) or "no role"


def walk(planted: tuple[dict[str, str], dict[str, int]], role: Role | str | None,
         chosen: list[Route]) -> None:  # fmt: skip
    walker = start_walk(planted, role)
    problems = [problem for route in chosen for problem in walker.walk(route, PAGES[route.key])]
    assert not problems, f"\n{name_of(role)}:\n" + "\n".join(problems)
    heard = HEARD.get(role, set())
    assert heard <= walker.heard, "canaries that a role may see were not seen: is anything shown?"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, Role.SOP, Role.HUO, Role.TAR], ids=name_of)
def test_main_pages(planted: tuple[dict[str, str], dict[str, int]], role: Role | None) -> None:
    walk(planted, role, [route for route in routes() if route.key in MAIN])


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYBODY, ids=name_of)
def test_every_page(
    planted: tuple[dict[str, str], dict[str, int]], role: Role | str | None
) -> None:
    walk(planted, role, routes())


def leaks(planted: tuple[dict[str, str], dict[str, int]], role: Role | str | None,
          chosen: list[Route]) -> None:  # fmt: skip
    """No page of whatever address about the protected person tells where the person is."""
    walker = start_walk(planted, role)
    problems = [problem for route in chosen for problem in walker.leaks(route, PAGES[route.key])]
    assert not problems, f"\n{name_of(role)}:\n" + "\n".join(problems)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, Role.SOP, Role.TAL], ids=name_of)
def test_DP_T7_turvakielto_on_main_pages(
    planted: tuple[dict[str, str], dict[str, int]], role: Role | None
) -> None:
    leaks(planted, role, [route for route in routes() if route.key in MAIN])


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYBODY, ids=name_of)
def test_DP_T7_turvakielto_on_every_page(
    planted: tuple[dict[str, str], dict[str, int]], role: Role | str | None
) -> None:
    leaks(planted, role, routes())


def test_every_address_has_a_fixture() -> None:
    known = [route.key for route in routes()]
    missing, unknown = set(known) - set(PAGES), set(PAGES) - set(known)
    assert not missing, f"register in tests/walk/fixtures.py: {sorted(missing)}"
    assert not unknown, f"no address any more: {sorted(unknown)}"
    assert len(known) == len(set(known)), "two addresses share a name"
    assert set(MAIN) <= set(known)


def test_every_view_says_what_it_does() -> None:
    silent = [route.key for route in routes() if not isinstance(route.spec, AccessSpec)]
    assert not silent, f"neither @access nor @public: {silent}"


def test_what_is_seen_past_the_rights_has_a_reason() -> None:
    for key, page in PAGES.items():
        for visit in page.visits:
            assert not visit.also or visit.why or page.visits[0].why, key
