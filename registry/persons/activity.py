"""When there last was something to do with a person: rooms tell it for the review of the log (9.5).

A look at the record of somebody with whom there has been no case for long raises an alert. A room
that knows cases (an application, a lease, a request) registers a condition of SQL in which
`{person}`, `{since}` and `{until}` stand for the person's id and the two moments.
"""

from __future__ import annotations

_conditions: list[str] = []

ROW_CHANGED = (
    "EXISTS (SELECT FROM public.vuokra_access_rowchange c WHERE c.subject = {person} "
    "AND c.at >= {since} AND c.at < {until})"
)
"""Somebody or something wrote about the person: every table of every room leaves such a row."""

BECAME_CUSTOMER = (
    "EXISTS (SELECT FROM public.registry_persons_person p WHERE p.id = {person} "
    "AND p.customer_since >= ({since})::date AND p.customer_since <= ({until})::date)"
)


def register(condition: str) -> None:
    """Add a condition that holds when there was a case of the person between the two moments."""
    _conditions.append(condition)


def condition(person: str, since: str, until: str) -> str:
    """That any room knows of a case of the person between the moments, as a condition of SQL."""
    known = (one.format(person=person, since=since, until=until) for one in _conditions)
    return f"({' OR '.join(known)})"
