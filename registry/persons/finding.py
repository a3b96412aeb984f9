"""What the search box finds of people: name and customer number, nothing else (ui 5.2)."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import queries, rules
from registry.persons.models import Person
from vuokra.access import nightly
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.search import registry
from vuokra.search.registry import LIMIT, Hit


def register() -> None:
    """People in the search box; identity codes are not shown again; what is over is forgotten."""
    registry.register(
        "persons",
        gettext_lazy("Henkilöt"),
        10,
        find,
        [(Group.PERSON, Level.READ)],
        icon="user",
        all_at="persons:search",
    )
    registry.never_shown_again(rules.may_hold_hetu)
    nightly.register("persons-search", queries.expire_searched)


def find(text: str, today: date) -> list[Hit]:
    """Persons as hits of the search box. Raises TooShort and FunctionDenied as `queries.find`."""
    hits = queries.find(text, today=today, limit=LIMIT)
    return [_hit(person, exact=hits.exact) for person in hits.persons]


def _hit(person: Person, *, exact: bool) -> Hit:
    return Hit(
        url=reverse("persons:card", args=[person.public_id]),
        title=person.name,
        second=_("asiakas %(number)s") % {"number": person.customer_number},
        badge=_("Turvakielto") if person.protected else "",
        exact=exact,
    )
