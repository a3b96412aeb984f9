"""The suppression list (estolista, R11): what an erased person forbade goes on being forbidden.

The deletion engine calls `suppress_contacts_of` before it erases a person; nothing else remains.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from registry.consents import queries
from registry.consents.codes import Cell
from registry.consents.models import Suppression
from registry.consents.rules import SAID_NO
from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.crypto.blind import lasting
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.rules import add_years
from vuokra.rules.services import note_use


def suppress(contacts: Iterable[str], cells: Collection[Cell], *, today: date) -> int:
    """Put contact points on the list for these cells; gives how many entries are new.

    A contact is as `queries.sending` reads it: a number or an e-mail address as it is searched, or
    name and home. Only its keyed hash is kept.
    """
    current().require(Group.CONSENT, Level.WRITE)
    before = Suppression.objects.count()
    years = queries.review_rule(today)
    note_use(years)
    Suppression.objects.bulk_create(
        (
            Suppression(
                digest=lasting(queries.LABEL, contact),
                use=cell.use,
                channel=cell.channel,
                since=today,
                review_on=add_years(today, years.integer),
            )
            for contact in contacts
            for cell in cells
        ),
        ignore_conflicts=True,
    )
    current().note("consents", "suppressed")
    return Suppression.objects.count() - before


def suppress_contacts_of(person: Person, *, today: date) -> int:
    """Put every contact point of a person who is about to be erased on the list, for what the
    person said no to; gives how many entries are new (RT12). A fixed number of statements."""
    stands = queries.stands_of(person, today=today)
    refused = [cell for cell, stand in stands.items() if stand.standing in SAID_NO]
    added = 0
    for cell in refused:
        added += suppress(queries.contacts_of(person, cell.channel, today=today), [cell],
                          today=today)  # fmt: skip
    return added
