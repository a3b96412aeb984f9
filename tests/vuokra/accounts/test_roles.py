"""Role grants: separation of duties in the services and, without them, in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests.vuokra.accounts.conftest import MakeUser, acting_as, events
from vuokra.access.stated import raw_sql
from vuokra.accounts import queries, services
from vuokra.accounts.models import RoleGrant, User
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.localdate()


def grant(user: User, role: Role, by: User, **fields: Any) -> RoleGrant:
    start = fields.pop("valid_from", today())
    end = fields.pop("valid_to", today() + 30 * DAY)
    return services.grant_role(
        user, role, valid_from=start, valid_to=end, reason="Tehtävä", by=by, **fields
    )


def test_role_takes_effect_at_once_and_ends_by_day(paa: User, sop: User) -> None:
    with acting_as(paa):
        grant(sop, Role.TAL, paa)
    assert queries.valid_roles(sop) == {"SOP", "TAL"}
    assert queries.actor_for(User.objects.get(pk=sop.pk)).roles == {"SOP", "TAL"}
    noon = dt.time(12)
    for days, held in ((30, True), (31, False)):
        moment = dt.datetime.combine(today() + days * DAY, noon, dt.UTC)
        with time_machine.travel(moment):
            assert (Role.TAL in queries.valid_roles(sop)) is held


def test_last_day_ends_at_midnight_in_helsinki(paa: User, sop: User) -> None:
    with acting_as(paa):
        grant(sop, Role.TAL, paa, valid_to=today())
    evening = dt.datetime.combine(today(), dt.time(21, 59), dt.UTC)
    summer = timezone.localtime(evening).utcoffset() == dt.timedelta(hours=3)
    last = evening - dt.timedelta(hours=1) if summer else evening
    with time_machine.travel(last, tick=False) as clock:
        assert Role.TAL in queries.valid_roles(sop)
        clock.shift(60)
        assert Role.TAL not in queries.valid_roles(sop)


def test_actor_takes_one_statement(sop: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        actor = queries.actor_for(sop)
    assert actor.key == f"user:{sop.pk}"
    assert actor.user_id == sop.pk


def test_revoked_role_is_gone_at_once(paa: User, sop: User) -> None:
    with acting_as(paa):
        services.revoke_role(sop.grants.get(), reason="Tehtävä päättyi", by=paa)
    assert queries.valid_roles(sop) == frozenset()
    assert [event.actor_id for event in events(action="revoke")] == [paa.pk]


def test_closed_account_has_no_roles(paa: User, sop: User) -> None:
    with acting_as(paa):
        services.close_account(sop, by=paa)
    assert User.objects.get(pk=sop.pk).role_codes == frozenset()


def test_DP_A6_main_user_cannot_give_himself_the_log(paa: User) -> None:
    with acting_as(paa), pytest.raises(services.Refused):
        grant(paa, Role.TAR, paa)
    assert queries.valid_roles(paa) == {"PAA"}
    (event,) = events(actor_id=paa.pk, outcome="denied")
    assert "roles_apart" in str(event.detail)


def test_DP_A6_own_role_waits_for_a_second_main_user(paa: User, paa2: User) -> None:
    with acting_as(paa):
        asked = grant(paa, Role.SOP, paa)
    assert queries.valid_roles(paa) == {"PAA"}
    assert [event.outcome for event in events(action="grant", actor_id=paa.pk)] == ["denied"]
    with acting_as(paa), pytest.raises(services.Refused):
        services.approve_role(asked, by=paa)
    assert queries.valid_roles(paa) == {"PAA"}
    with acting_as(paa2):
        services.approve_role(asked, by=paa2)
    assert queries.valid_roles(paa) == {"PAA", "SOP"}
    assert [event.actor_id for event in events(action="grant", actor_id=paa2.pk)] == [paa2.pk]


@pytest.mark.parametrize("role", [Role.PAA, Role.TAR])
def test_DP_A6_strong_roles_need_two_main_users(
    paa: User, paa2: User, sop: User, role: Role
) -> None:
    with acting_as(paa):
        asked = grant(sop, role, paa)
    assert role not in queries.valid_roles(sop)
    with acting_as(paa), pytest.raises(services.Refused):
        services.approve_role(asked, by=paa)
    with acting_as(paa2):
        services.approve_role(asked, by=paa2)
    assert role in queries.valid_roles(sop)


def test_only_a_main_user_approves(paa: User, sop: User, make_user: MakeUser) -> None:
    other = make_user("rek", Role.REK)
    with acting_as(paa):
        asked = grant(sop, Role.TAR, paa)
    with acting_as(other), pytest.raises(services.Refused):
        services.approve_role(asked, by=other)


def test_last_main_user_stays(paa: User, sop: User) -> None:
    with acting_as(paa), pytest.raises(services.Refused):
        services.revoke_role(paa.grants.get(), reason="Ei tarvita", by=paa)


def test_overlap_is_refused_in_words(paa: User, sop: User) -> None:
    with acting_as(paa), pytest.raises(services.Refused, match="jo tämä rooli"):
        grant(sop, Role.SOP, paa)


def test_review_list_after_six_months(paa: User, sop: User) -> None:
    with acting_as(paa):
        granted = grant(sop, Role.TAL, paa, valid_to=today() + 900 * DAY)
    RoleGrant.objects.filter(pk=granted.pk).update(reviewed_at=None)
    asked = granted.approved_at.date()
    month = asked.month + 6
    due = asked.replace(year=asked.year + (month > 12), month=(month - 1) % 12 + 1, day=28)
    before = [g.pk for g in queries.review_list(due - 20 * DAY)]
    after = [g.pk for g in queries.review_list(due + 5 * DAY)]
    assert granted.pk not in before
    assert granted.pk in after
    with acting_as(paa), time_machine.travel(due + 5 * DAY):
        services.review_role(granted, by=paa)
    assert granted.pk not in [g.pk for g in queries.review_list(due + 6 * DAY)]


def test_what_waits_for_a_main_user(paa: User, paa2: User, sop: User) -> None:
    one, two = queries.actor_for(paa), queries.actor_for(paa2)
    with acting_as(paa):
        grant(sop, Role.TAR, paa)
        grant(paa, Role.SOP, paa)
    assert queries.waiting_for(one) == 0
    assert queries.waiting_for(two) == 2


def test_own_role_is_reviewed_by_another(paa: User) -> None:
    with acting_as(paa), pytest.raises(services.Refused):
        services.review_role(paa.grants.get(), by=paa)


# -- the database alone ------------------------------------------------------------------------


def insert(user: User, by: User | None, **fields: Any) -> RoleGrant:
    """Past the services."""
    values = {
        "role": Role.TAL,
        "valid_from": today(),
        "valid_to": today() + 30 * DAY,
        "reason": "Ohi palvelun",
        "requested_by": by,
        "approver": by,
        "approved_at": timezone.now(),
    } | fields
    with transaction.atomic():
        return RoleGrant.objects.create(user=user, **values)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"valid_to": dt.date(2020, 1, 1)}, "end_not_before_start"),
        ({"reason": ""}, "role_grant_reason"),
        ({"role": "XXX"}, "role_grant_role"),
        ({"role": Role.SOP}, "no_overlap"),
        ({"requested_by": None}, "requester"),
        ({"role": Role.TAR}, "two_main_users"),
        ({"approved_at": None}, "approval_names_approver"),
        ({"revoked_at": timezone.now()}, "revocation_says_why"),
    ],
)
def test_database_refuses(paa: User, sop: User, fields: dict[str, Any], constraint: str) -> None:
    with acting_as(paa), pytest.raises(IntegrityError, match=constraint):
        insert(sop, paa, **fields)


def test_database_refuses_own_approval(paa: User) -> None:
    with acting_as(paa), pytest.raises(IntegrityError, match="not_own_approver"):
        insert(paa, paa)


def test_database_keeps_main_user_and_log_reviewer_apart(paa: User, paa2: User) -> None:
    with acting_as(paa2), pytest.raises(IntegrityError, match="main_user_reviews_no_log"):
        insert(paa, paa2, role=Role.TAR, requested_by=paa)


def test_the_two_may_follow_each_other(paa: User, paa2: User, sop: User) -> None:
    with acting_as(paa):
        first = insert(sop, paa, role=Role.TAR, requested_by=paa2, valid_to=today())
        insert(sop, paa, role=Role.PAA, requested_by=paa2, valid_from=today() + DAY)
    assert first.pk


def test_database_wants_the_approver_himself(paa: User, paa2: User, sop: User) -> None:
    with acting_as(paa), pytest.raises(DatabaseError, match="own name"):
        insert(sop, paa2, requested_by=paa)


def test_database_wants_a_main_user(sop: User, make_user: MakeUser) -> None:
    rek = make_user("rek", Role.REK)
    with acting_as(rek), pytest.raises(DatabaseError, match="by a main user"):
        insert(sop, rek)


def test_database_lets_only_commands_grant_without_approver(paa: User, sop: User) -> None:
    with acting_as(paa), pytest.raises(DatabaseError, match="by a command only"):
        insert(sop, None, origin="start")


@pytest.mark.parametrize(
    "change", [{"role": Role.PAA}, {"valid_to": dt.date(2099, 1, 1)}, {"approver": None}]
)
def test_database_keeps_a_grant_as_it_was(paa: User, sop: User, change: dict[str, Any]) -> None:
    with acting_as(paa):
        made = insert(sop, paa)
        with pytest.raises(DatabaseError), transaction.atomic():
            RoleGrant.objects.filter(pk=made.pk).update(**change)


def test_database_keeps_a_revocation(paa: User, sop: User) -> None:
    with acting_as(paa):
        services.revoke_role(sop.grants.get(), reason="Tehtävä päättyi", by=paa)
        with pytest.raises(DatabaseError, match="not_edited"), transaction.atomic():
            RoleGrant.objects.filter(user=sop).update(
                revoked_at=None, revoked_by=None, revoke_reason=""
            )


@pytest.mark.parametrize("table", ["vuokra_accounts_user", "vuokra_accounts_role_grant"])
def test_database_deletes_neither_accounts_nor_grants(sop: User, table: str) -> None:
    statements = [f"DELETE FROM {table}", f"DELETE FROM {table} WHERE id = {sop.pk}"]
    for statement in statements:
        with (
            acting_as(None),
            pytest.raises(DatabaseError, match="are_kept"),
            raw_sql("test of a trigger"),
            transaction.atomic(),
        ):
            connection.cursor().execute(statement)


def test_models_delete_neither(sop: User) -> None:
    with acting_as(None):
        with pytest.raises(DatabaseError), transaction.atomic():
            sop.grants.get().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            sop.delete()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"username": "toinen"}, "keeps_its_user_name"),
        ({"username": "SOP"}, "keeps_its_user_name"),
        ({"session_epoch": 0}, "only_rises"),
        ({"confidentiality_accepted_at": None}, "confidentiality_before_use"),
        ({"closed_at": timezone.now()}, "active_is_activated_and_open"),
        ({"activated_at": None}, "active_is_activated_and_open"),
    ],
)
def test_database_guards_accounts(sop: User, change: dict[str, Any], why: str) -> None:
    User.objects.filter(pk=sop.pk).update(session_epoch=1)
    with acting_as(None), pytest.raises(DatabaseError, match=why), transaction.atomic():
        User.objects.filter(pk=sop.pk).update(**change)


def test_database_keeps_a_closed_account_closed(paa: User, sop: User) -> None:
    with acting_as(paa):
        services.close_account(sop, by=paa)
    with pytest.raises(DatabaseError, match="stays_closed"), transaction.atomic():
        User.objects.filter(pk=sop.pk).update(closed_at=None, closed_by=None)


def test_changes_are_in_the_change_log(paa: User, sop: User) -> None:
    from vuokra.access.models import ChangeEntry

    with acting_as(paa):
        made = grant(sop, Role.TAL, paa)
    with acting_as(None):
        entry = ChangeEntry.objects.get(object_id=made.pk, content_type__model="rolegrant")
        assert entry.actor_id == paa.pk
