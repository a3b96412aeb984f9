"""What is asked of accounts: the roles valid now, who acts, and what is due for review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from vuokra.accounts.models import RoleGrant, User
from vuokra.accounts.rules import SECOND_MAIN_USER
from vuokra.db.prepared import prepared
from vuokra.policy.roles import Role
from vuokra.rules.queries import rule
from vuokra.rules.rules import add_months

if TYPE_CHECKING:
    from vuokra.access.context import Actor


def valid_on(day: dt.date) -> Q:
    """The condition of a role grant that gives its role on the day."""
    return Q(approved_at__isnull=False, revoked_at=None, valid_from__lte=day, valid_to__gte=day)


def valid_roles(user: User) -> frozenset[str]:
    """Codes of the roles that the account holds today; one statement."""
    grants = RoleGrant.objects.filter(valid_on(timezone.localdate()), user=user)
    return frozenset(grants.values_list("role", flat=True))


def account_with_roles(user_id: int) -> User | None:
    """The account with the roles that it holds today; one statement."""
    found = _with_roles(user_id, timezone.localdate())
    if not found:
        return None
    user: Any = found[0]
    user.role_codes = frozenset(user.held) if user.is_active else frozenset()
    return found[0]


@prepared
def _with_roles(user_id: int, today: dt.date) -> QuerySet[User]:
    held = RoleGrant.objects.filter(valid_on(today), user=OuterRef("pk")).order_by()
    return User.objects.filter(pk=user_id).annotate(held=ArraySubquery(held.values("role")))


def actor_for(user: User) -> Actor:
    """Who acts when this account is signed in; one statement for roles that are not known yet."""
    from vuokra.access.context import Actor

    return Actor(key=f"user:{user.pk}", user_id=user.pk, roles=user.role_codes, name=user.full_name)


def main_user_grants(today: dt.date) -> QuerySet[RoleGrant]:
    """Grants of the main user's role in force on the day, of accounts not closed."""
    return RoleGrant.objects.filter(valid_on(today), role=Role.PAA, user__closed_at=None)


def main_users(today: dt.date) -> QuerySet[User]:
    """Accounts in use that hold the main user's role on the day."""
    holders = RoleGrant.objects.filter(valid_on(today), role=Role.PAA).values("user_id")
    return User.objects.filter(is_active=True, pk__in=holders)


def waiting_for(actor: Actor) -> int:
    """How many grants wait for this main user: to be approved, or for their review."""
    return grants_waiting_for(actor, timezone.localdate()).count()


def grants_waiting_for(actor: Actor, today: dt.date) -> QuerySet[RoleGrant]:
    """Grants that this main user may approve, or whose review is due; never his own."""
    pending = Q(approved_at=None, revoked_at=None, valid_to__gte=today)
    mine = Q(user_id=actor.user_id)
    strong = Q(role__in=SECOND_MAIN_USER, approved_at=None, requested_by_id=actor.user_id)
    waiting = RoleGrant.objects.filter(pending | due_for_review(today))
    return waiting.exclude(mine).exclude(strong)


def due_for_review(today: dt.date) -> Q:
    """The condition of a grant in force whose approval or last review is old enough."""
    limit = add_months(today, -rule("accounts.review_months", today).integer)
    return valid_on(today) & (
        Q(reviewed_at=None, approved_at__date__lte=limit) | Q(reviewed_at__date__lte=limit)
    )


def review_list(today: dt.date) -> QuerySet[RoleGrant]:
    """Grants due for their review, oldest first."""
    due = RoleGrant.objects.filter(due_for_review(today))
    return due.select_related("user", "approver").order_by("approved_at")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff at work: name, and the roles held on the day."""

    user_id: int
    name: str
    roles: frozenset[str]


def staff_on(day: dt.date) -> list[Member]:
    """Accounts in use that hold a role on the day; one statement."""
    grants = RoleGrant.objects.filter(valid_on(day), user__is_active=True)
    held: dict[tuple[int, str], set[str]] = {}
    for user_id, name, role in grants.values_list("user_id", "user__full_name", "role"):
        held.setdefault((user_id, name), set()).add(role)
    return [Member(user_id, name, frozenset(roles)) for (user_id, name), roles in held.items()]


def staff_names(user_ids: Iterable[int]) -> dict[int, str]:
    """Names of members of staff by user id, for showing who did something; one statement."""
    wanted = set(user_ids)
    if not wanted:
        return {}
    return dict(_names(list(wanted)))


@prepared
def _names(user_ids: list[int]) -> QuerySet[User, tuple[int, str]]:
    chosen = User.objects.filter(pk__any_of=user_ids).order_by()
    return chosen.values_list("pk", "full_name")


def staff_choices() -> list[tuple[int, str]]:
    """Accounts in use as choices of a form, by name; one statement."""
    return list(
        User.objects.filter(is_active=True).order_by("full_name").values_list("pk", "full_name")
    )
