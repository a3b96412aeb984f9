"""What leases tell of time: how long their rows are kept (R6), and who is a customer (DP-M6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import connection

from leases.contracts.models import Component, LateDay, Lease, Notice, Party, PersonChange
from leases.contracts.rules.persons import TENANTS
from registry.consents import tenancy
from registry.retention import starts
from registry.retention.rules import Facts, Lengths, financial_year_end, retention_end
from registry.retention.starts import Kept
from vuokra.access.stated import raw_sql
from vuokra.rules.queries import rule

LEASE: Final = "R6"
YEAR_MONTH: Final = "retention.financial_year_month"
TENANCIES: Final = """
SELECT p.person_id, coalesce(
    p.valid_to, l.last_day, CASE WHEN l.kind = 'fixed_term' THEN l.term_ends_on END)
FROM leases_contracts_party p JOIN leases_contracts_lease l ON l.id = p.lease_id
WHERE p.person_id = ANY(%s) AND p.role = ANY(%s)
    AND l.concluded_on IS NOT NULL AND l.cancelled_on IS NULL
"""


def ends_of_tenancies(persons: Collection[int], today: date) -> Mapping[int, date | None]:
    """The last day of each person's latest tenancy as a tenant, None while one goes on; whoever
    never rented is absent. One statement.

    Asked also by those who open no leases, when something is sent: no more is told than the day.
    """
    found: dict[int, date | None] = {}
    with raw_sql("who is a customer"), connection.cursor() as cursor:
        cursor.execute(TENANCIES, [list(persons), list(TENANTS)])
        for person, last_day in cursor.fetchall():
            end = None if last_day is None or last_day >= today else last_day
            before = found.get(person, date.min)
            found[person] = None if before is None or end is None else max(before, end)
    return found


def _kept(
    model: type[Lease] | type[Party] | type[Component] | type[Notice] | type[PersonChange]
    | type[LateDay],
    ids: Collection[int], lengths: Lengths, today: date,
) -> Mapping[int, Kept]:  # fmt: skip
    """Rows by the last day of their lease; while it goes on their time does not run. One statement,
    and one for the number of the financial year.

    Rent was due until the last day, so that a voucher of that financial year is the least there is;
    what the ledger knows later moves the day onwards.
    """
    rows: Iterable[Any] = model._default_manager.filter(pk__in=list(ids))
    if model is not Lease:
        rows = rows.select_related("lease")  # type: ignore[attr-defined]  # a queryset
    return kept_by_lease({row.pk: _lease(row) for row in rows}, lengths, today)


def kept_by_lease(leases: Mapping[int, Lease], lengths: Lengths, today: date) -> Mapping[int, Kept]:
    """Row ids with the lease that each rests on → how they are kept, for rooms above; one statement
    for the number of the financial year."""
    month = rule(YEAR_MONTH, today).integer
    return {pk: Kept(LEASE, _until(lease, lengths, month, today)) for pk, lease in leases.items()}


def _lease(row: Lease | Party | Component | Notice | PersonChange | LateDay) -> Lease:
    return row if isinstance(row, Lease) else row.lease


def _until(lease: Lease, lengths: Lengths, month: int, today: date) -> date | None:
    ended = lease.cancelled_on or lease.ends_on
    if ended is None or ended >= today:
        return None
    year = financial_year_end(ended, month)
    return retention_end(LEASE, Facts(tenancy_ended=ended, financial_year_ended=year), lengths)


def register() -> None:
    """Called from the room's AppConfig."""
    tenancy.register(ends_of_tenancies)
    for model in (Lease, Party, Component, Notice, PersonChange, LateDay):
        starts.register(model._meta.db_table, partial(_kept, model))
