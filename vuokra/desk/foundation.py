"""Kinds of work that the foundation itself has: reminders, and role grants of our own staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuokra.access.context import Actor
from vuokra.accounts.models import RoleGrant
from vuokra.accounts.queries import grants_waiting_for
from vuokra.desk import rows
from vuokra.desk.queries import REMINDER, reminder_rows
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role
from vuokra.rules.queries import rule
from vuokra.rules.rules import add_months

GRANT = "rooli"

REMINDERS = Kind(
    REMINDER, gettext_lazy("Muistutus"), "bell", needs=[(Group.WORK, Level.READ)]
)  # fmt: skip
GRANTS = Kind(
    GRANT, gettext_lazy("Käyttöoikeus"), "user-cog", needs=[(Group.STAFF, Level.WRITE)], weight=20
)  # fmt: skip


def register() -> None:
    """Add the kinds to the queue."""
    rows.register(REMINDERS, reminder_rows)
    rows.register(GRANTS, grant_rows)


def grant_rows(actor: Actor, today: date) -> Iterable[Row]:
    """Grants that wait for this main user's approval, or whose review is due (S8-06)."""
    months = rule("accounts.review_months", today).integer
    for grant in grants_waiting_for(actor, today).select_related("user"):
        waits = grant.approved_at is None
        yield Row(
            kind=GRANT,
            key=str(grant.pk),
            task=_("Hyväksy rooli") if waits else _("Tarkista, tarvitaanko rooli edelleen"),
            facts=f"{grant.user.full_name} · {Role(grant.role).label}",
            due=grant.valid_from if waits else _review_due(grant, months),
            action=_("Käsittele") if waits else _("Tarkista"),
            url=reverse("admin:vuokra_accounts_rolegrant_change", args=[grant.pk]),
            since=timezone.localdate(grant.created_at),
        )


def _review_due(grant: RoleGrant, months: int) -> date | None:
    """The day on which so many months have passed since the approval or the last review."""
    last = grant.reviewed_at or grant.approved_at
    return add_months(timezone.localdate(last), months) if last else None
