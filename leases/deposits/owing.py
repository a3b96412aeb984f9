"""What former tenants were left owing when their deposits were settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

from django.db import connection

from leases.contracts.rules.persons import TENANTS
from vuokra.access.context import current
from vuokra.access.stated import raw_sql
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

UNCOVERED: Final = """
SELECT p.person_id, sum(s.uncovered_eur)
FROM leases_deposits_settlement s
JOIN leases_deposits_deposit d ON d.id = s.deposit_id
JOIN leases_contracts_party p ON p.lease_id = d.lease_id
WHERE p.person_id = ANY(%s) AND p.role = ANY(%s)
    AND s.approved_at IS NOT NULL AND s.uncovered_eur > 0
GROUP BY p.person_id
"""


def left_owing(persons: Collection[int]) -> Mapping[int, Decimal]:
    """Euros that approved settlements left unpaid (jäi velaksi), by the tenant, who answers for all
    of it with the others; whoever owes nothing is absent. One statement.

    Those who open no leases ask it, of whoever asks for a home again: no more is told than the sum.
    What was paid since is known to the ledger. Raises FunctionDenied without the right to debts.
    """
    current().require(Group.COLLECTION, Level.READ)
    with raw_sql("what settled deposits left unpaid"), connection.cursor() as cursor:
        cursor.execute(UNCOVERED, [list(persons), list(TENANTS)])
        return dict(cursor.fetchall())
