"""What this room shows on a person's card: basic data, contact details, lookers, origin, events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.persons import panels, queries
from registry.persons.models import Address, ContactKind, ContactPoint, IdentityKind, Person
from registry.persons.panels import TimelineEntry
from vuokra.access.context import current
from vuokra.db.models import choice_labels
from vuokra.policy.groups import Group
from vuokra.policy.items import ITEMS
from vuokra.policy.retention import RETENTION
from vuokra.policy.rights import Level
from vuokra.ui.formatting import hetu_mask

SHOWN_ITEMS = ("PT-NIMI", "PT-HETU", "PT-OSOITE", "PT-PUH", "PT-EMAIL")
"""The register items of the card's basic data, whose origin and retention it tells."""
READ_CONTACT = ((Group.CONTACT, Level.READ),)
KNOW_CONTACT = ((Group.CONTACT, Level.MASKED),)


def basic_data(person: Person, today: date) -> dict[str, Any]:
    """Names and what identifies the person (perustiedot); at most three statements."""
    identity, former = queries.identity_shown(person)
    return {
        "identity": identity,
        "mask": hetu_mask(identity.birth_date) if identity else "",
        "coded": identity is not None and identity.kind != IdentityKind.BIRTH_DATE,
        "former_codes": former,
        "former_names": queries.former_names(person),
        "purpose": current().purpose,
    }


def contact_details(person: Person, today: date) -> dict[str, Any] | None:
    """Contact points and addresses (yhteystiedot); two statements. Under turvakielto there are
    none here: registry.protection has a panel of its own."""
    if person.protected:
        return None
    if not queries.may_read(Group.CONTACT):
        return {"details": None}
    write = current().actor.level(Group.CONTACT) >= Level.WRITE
    return {"details": queries.contact_details(person, today=today), "write": write}


def lookers(person: Person, today: date) -> dict[str, Any]:
    """Who has looked (kuka on katsonut): the last six; two statements."""
    whole = current().actor.level(Group.LOG) >= Level.READ
    return {"looks": queries.lookers(person, now=timezone.now()), "whole": whole}


def origin(person: Person, today: date) -> dict[str, Any]:
    """Where the data come from and how long they are kept, from the catalogue; no statement."""
    return _origin(get_language())


@lru_cache(maxsize=4)
def _origin(language: str) -> dict[str, Any]:
    items = [ITEMS[code] for code in SHOWN_ITEMS]
    sources = dict.fromkeys(source.label for item in items for source in item.sources)
    codes = dict.fromkeys(code for item in items for code in item.retention)
    rules = [RETENTION[code] for code in codes]
    words = [rule.title.en if language == "en" else rule.title.fi for rule in rules]
    return {
        "sources": [str(label) for label in sources],
        "retention": [
            {"code": rule.code, "words": text} for rule, text in zip(rules, words, strict=True)
        ],
    }


def customer_events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """When the person came into the register and became a customer; no statement."""
    kind = "asiakkuus"
    yield TimelineEntry(person.created_at, "user-plus", _("Lisätty rekisteriin"), kind=kind)
    if person.customer_since:
        yield TimelineEntry(person.customer_since, "user-check", _("Asiakkuus alkoi"), kind=kind)


def contact_events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """When contact details began and ended; no statement past those of the panel."""
    if person.protected:
        return
    found = queries.contact_details(person, today=today)
    told = _("Lähde: %(source)s")
    sources = choice_labels(ContactPoint._meta.get_field("source"))
    for detail in (*found.present, *found.ended):
        yield from _began_and_ended(detail, told % {"source": sources[detail.source]}, today)


# Icon, and how it is said that a detail began and ended; translated for the few that are shown.
_ADDRESS = "house", gettext_lazy("Uusi osoite"), gettext_lazy("Osoite päättyi")
_PHONE = "phone", gettext_lazy("Uusi puhelinnumero"), gettext_lazy("Puhelinnumero päättyi")
_MAIL = "mail", gettext_lazy("Uusi sähköpostiosoite"), gettext_lazy("Sähköpostiosoite päättyi")


def _began_and_ended(
    detail: ContactPoint | Address, source: str, today: date
) -> Iterator[TimelineEntry]:
    """Events of one detail; the second line tells which address, and who told of it."""
    if isinstance(detail, Address):
        (icon, began, ended), facts = _ADDRESS, f"{detail.get_kind_display()} · {source}"
    else:
        (icon, began, ended), facts = _PHONE if detail.kind == ContactKind.PHONE else _MAIL, source
    if detail.valid_from <= today:
        yield TimelineEntry(detail.valid_from, icon, began, facts, "yhteystiedot")
    if detail.valid_to and detail.valid_to < today:
        yield TimelineEntry(detail.valid_to, icon, ended, facts, "yhteystiedot")


def register() -> None:
    """Register the parts of this room."""
    panels.register_panel("basic", 10, "main", "persons/panels/basic.html", basic_data)
    panels.register_panel(
        "contact", 20, "main", "persons/panels/contact.html", contact_details, needs=KNOW_CONTACT
    )
    panels.register_panel("lookers", 10, "side", "persons/panels/lookers.html", lookers)
    panels.register_panel("origin", 90, "side", "persons/panels/origin.html", origin)
    panels.register_timeline(customer_events, {"asiakkuus": gettext_lazy("Asiakkuus")})
    panels.register_timeline(
        contact_events, {"yhteystiedot": gettext_lazy("Yhteystiedot")}, needs=READ_CONTACT
    )
    _register_actions()


def _register_actions() -> None:
    for order, label, name, icon, key in (
        (10, gettext_lazy("Lisää yhteystieto"), "add_contact_point", "phone", ""),
        (55, gettext_lazy("Lisää osoite"), "add_address", "house", ""),
        (30, gettext_lazy("Muokkaa"), "edit", "pencil", "E"),
        (50, gettext_lazy("Tunnistetieto"), "identity", "id-card", ""),
    ):
        panels.register_action(order, label, f"persons:{name}", icon, key=key)
