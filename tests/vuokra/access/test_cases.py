"""What is handled for a case alone: credit data (A47)."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest
from django.test import RequestFactory

from tests.people import make_user
from vuokra.access.codes import Action, Outcome, Surface
from vuokra.access.context import AccessContext, Case, open_access
from vuokra.access.errors import CaseDemanded
from vuokra.accounts.queries import actor_for
from vuokra.policy.catalogue import KEY, OWN, Table, TableKind, item, technical
from vuokra.policy.groups import Group
from vuokra.policy.items import ITEMS
from vuokra.policy.rights import PURPOSES, RIGHTS, Level, needs_case
from vuokra.policy.roles import Purpose, Role
from vuokra.ui.errors import forbidden

CHECK = Table(
    "test_creditcheck",
    TableKind.PERSONAL,
    group=Group.CREDIT,
    subject=OWN,
    columns={"id": KEY, "result": item("HK-LUOTTO"), "made_at": technical("when")},
)
RESULT = frozenset({"result"})
APPLICATION = Case("hakemus", 7)


@pytest.mark.parametrize("purpose", [*Purpose, None])
def test_DP_A47_every_purpose_of_daily_work_needs_a_case_for_credit_data(
    purpose: Purpose | None,
) -> None:
    expected = purpose not in (Purpose.OIKEUDET, Purpose.VALVONTA)
    assert needs_case(Group.CREDIT, purpose) is expected
    assert not needs_case(Group.CONTACT, purpose)


def test_DP_A47_no_role_that_handles_credit_data_can_state_a_purpose_past_it() -> None:
    """And the register item is of that group, with purposes that need a case."""
    roles = [role for role in Role if RIGHTS[role].get(Group.CREDIT, Level.NONE) > Level.NONE]
    assert roles
    for role in roles:
        assert all(needs_case(Group.CREDIT, purpose) for purpose in PURPOSES[role]), role
    (credit,) = {one for one in ITEMS.values() if Group.CREDIT in one.groups}
    assert credit.purposes
    assert all(needs_case(Group.CREDIT, purpose) for purpose in credit.purposes)


def acting(*, case: Case | None, purpose: Purpose) -> AbstractContextManager[AccessContext]:
    user = make_user(Role.VAL, username="valitsija")
    return open_access(
        actor_for(user), purpose=purpose, action=Action.VIEW, surface=Surface.DETAIL, case=case
    )


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", [Purpose.HAKEMUS, Purpose.ASUKASVALINTA])
@pytest.mark.parametrize("what", ["read", "probe", "write"])
def test_DP_A47_a_credit_check_on_nobody_s_application_is_blocked(
    purpose: Purpose, what: str
) -> None:
    with acting(case=None, purpose=purpose) as ctx:
        with pytest.raises(CaseDemanded):
            touch(ctx, what)
        assert ctx.outcome is Outcome.DENIED
        assert ctx.notes["missing"] == ["credit:case"]
        assert not any(kind in ("write", "probe") for _table, kind in ctx.seen)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["read", "probe", "write"])
def test_DP_A47_with_an_application_it_is_done(what: str) -> None:
    with acting(case=APPLICATION, purpose=Purpose.ASUKASVALINTA) as ctx:
        touch(ctx, what)
        assert ctx.outcome is Outcome.OK


def touch(ctx: AccessContext, what: str) -> None:
    """Read, ask of or write the result of a credit check, as the database layer does."""
    if what == "read":
        ctx.check(CHECK, RESULT)
    elif what == "probe":
        ctx.note_probe(CHECK, RESULT)
    else:
        ctx.note_write(CHECK, "write")


@pytest.mark.django_db
def test_the_page_says_what_is_missing() -> None:
    request = RequestFactory().get("/")
    request.user = make_user(Role.VAL, username="toinen")
    with acting(case=None, purpose=Purpose.HAKEMUS) as ctx:
        request.access = ctx  # type: ignore[attr-defined]  # as the middleware sets it
        page = forbidden(request, CaseDemanded(Group.CREDIT))
    assert page.status_code == 403
    text = page.content.decode()
    assert "Näitä tietoja käsitellään vain asialla." in text
    assert "Luottotiedot" in text
