"""What is asked of accounts: the roles valid now, who acts, and what is due for review."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from vuokra.accounts.models import RoleGrant, User
from vuokra.policy.roles import Role

if TYPE_CHECKING:
    from vuokra.access.context import Actor

REVIEW_MONTHS = 6
"""A grant is looked at again this many months after its approval or last review (S8-06)."""


def valid_on(day: dt.date) -> Q:
    """The condition of a role grant that gives its role on the day."""
    return Q(approved_at__isnull=False, revoked_at=None, valid_from__lte=day, valid_to__gte=day)


def valid_roles(user: User) -> frozenset[str]:
    """Codes of the roles that the account holds today; one statement."""
    grants = RoleGrant.objects.filter(valid_on(timezone.localdate()), user=user)
    return frozenset(grants.values_list("role", flat=True))


def actor_for(user: User) -> Actor:
    """Who acts when this account is signed in; one statement for the roles."""
    from vuokra.access.context import Actor

    return Actor(key=f"user:{user.pk}", user_id=user.pk, roles=user.role_codes, name=user.full_name)


def main_users(today: dt.date) -> QuerySet[User]:
    """Accounts in use that hold the main user's role on the day."""
    holders = RoleGrant.objects.filter(valid_on(today), role=Role.PAA).values("user_id")
    return User.objects.filter(is_active=True, pk__in=holders)


def months_before(day: dt.date, months: int) -> dt.date:
    """The day so many calendar months earlier; the month's last day when it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = dt.date(years + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(years, month + 1, min(day.day, last))


def review_list(today: dt.date) -> QuerySet[RoleGrant]:
    """Grants in force whose approval or last review is six months old or older, oldest first."""
    limit = months_before(today, REVIEW_MONTHS)
    old = Q(reviewed_at=None, approved_at__date__lte=limit) | Q(reviewed_at__date__lte=limit)
    return (
        RoleGrant.objects.filter(valid_on(today), old)
        .select_related("user", "approver")
        .order_by("approved_at")
    )
