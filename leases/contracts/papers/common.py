"""What the papers of leases share: names, identity codes, the flat, the rent, signature lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from leases.contracts import queries
from leases.contracts.models import Component, Lease, Party
from leases.contracts.queries import LeaseRow
from leases.contracts.rules.persons import LIVING, TENANTS
from leases.homes.models import Flat, Premises
from registry.persons.models import Identity, IdentityKind, Person
from vuokra.crypto.values import reveal_many
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.ui import formatting

PREFIX: Final = "leases."
MATTER: Final = "VS-"
"""With what the number of the matter of a lease begins."""
TEMPLATES: Final = "leases/contracts/"
NOTHING: Final = formatting.EN_DASH


def reference_of(lease: Lease) -> str:
    """The number of the matter by which the papers of a lease are found; it names nobody."""
    return f"{MATTER}{lease.number}"


def number_of(reference: str) -> int | None:
    """The lease's number in its matter; None for a matter of another kind."""
    number = reference.removeprefix(MATTER)
    return int(number) if reference.startswith(MATTER) and number.isdecimal() else None


def lease_row(pk: int | None) -> LeaseRow:
    """The lease of a paper with its parties, through the door of its page. Raises NotMade when it
    is gone, and as `queries.lease_by_id`."""
    if pk is None:
        raise NotMade(Fault.DATA)
    return queries.lease_by_id(pk, today=timezone.localdate())


def row_of(document: Document) -> LeaseRow:
    """The lease of a document that is about a lease."""
    return lease_row(document.about_id)


def full_name(person: Person) -> str:
    """All given names and the surname: a contract names its parties whole."""
    return " ".join(filter(None, (person.given_names, person.surname)))


def codes_of(people: Iterable[Person]) -> dict[int, list[str]]:
    """What each is identified by, as a label and a value: the identity code, or the birth date of
    whoever has none of the state's. The access event records what was opened. One statement."""
    held = list(Identity.objects.filter(person__in=[one.pk for one in people]))
    coded = [one for one in held if one.kind == IdentityKind.HETU]
    found = {one.person_id: [_("Syntymäaika"), formatting.date(one.birth_date)] for one in held}
    for one, code in zip(coded, reveal_many(coded, "hetu"), strict=True):
        found[one.person_id] = [_("Henkilötunnus"), code or NOTHING]
    return found


def flat_facts(row: LeaseRow, *, named: bool = True, agreed: bool = False) -> list[list[str]]:
    """The flat as names and values, with `agreed` as it was when the lease was made ready; a letter
    does not name it under turvakielto."""
    lease, flat = row.lease, row.lease.flat
    number = [_("Sopimusnumero"), str(lease.number)]
    if row.hidden and not named:
        return [number]
    told: Premises | Flat = lease.premises if agreed and lease.premises else flat
    post = told if isinstance(told, Premises) else flat.stair.building.site
    place = f"{told.address}, {post.postal_code} {post.town}"
    kind = f"{told.type}, {formatting.area(told.area)}"
    return [number, [_("Huoneisto"), place], [_("Huoneistotyyppi"), kind]]


def agreed(lease: Lease, parts: Iterable[Component]) -> list[Component]:
    """The parts of the rent that were signed: those that hold from the first day."""
    return [part for part in parts if part.valid_from <= lease.starts_on]


def rent_row(part: Component, *, dated: bool = False) -> list[str]:
    """A part of the rent as a row: what, price, how many, a month."""
    name = str(part.get_kind_display())
    if part.place is not None:
        name = f"{name}, {part.place.code}"
    since = [formatting.date(part.valid_from)] if dated else []
    price, month = formatting.money(part.price_eur), formatting.money(part.month_eur)
    return [name, *since, price, str(part.quantity), month]


def total(parts: Iterable[Component]) -> str:
    """What the parts come to in a month."""
    return formatting.money(sum((part.month_eur for part in parts), Decimal(0)))


def living(parties: Iterable[Party], on: date | None = None) -> list[Party]:
    """Who lives there, on a day if one is asked for."""
    return [
        one for one in parties
        if one.role in LIVING
        and (on is None or (one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)))
    ]  # fmt: skip


def from_the_start(row: LeaseRow) -> list[Party]:
    """Who was in the lease when it was made ready to be signed; in a draft, everybody. Whoever came
    later, also in a tenant's place, signed nothing."""
    ready = row.lease.ready_at
    if ready is None:
        return row.parties
    return [one for one in row.parties if one.signed_on is not None or one.recorded_at <= ready]


def signing_tenants(row: LeaseRow) -> list[Party]:
    """The tenants who signed the lease or are to sign it, though another may have come in their
    place since."""
    return [one for one in from_the_start(row) if one.role in TENANTS]


def signer(party: Party) -> list[str]:
    """A line to sign on, or when it was signed."""
    signed = ""
    if party.signed_on is not None:
        signed = _("Allekirjoittanut %(day)s") % {"day": formatting.date(party.signed_on)}
    return [full_name(party.person), str(party.get_role_display()), signed]


def landlord() -> list[str]:
    """The line of the landlord, whose name is known by the company's letterhead."""
    return ["", _("Vuokranantaja"), ""]


def copy_note(lease: Lease) -> str:
    """That a paper is printed anew of a signed lease, empty before that."""
    if lease.concluded_on is None:
        return ""
    return _("Tuloste rekisteristä. Sopimus on allekirjoitettu %(day)s.") % {
        "day": formatting.date(lease.concluded_on)
    }


def paragraphs(text: str) -> list[str]:
    """Lines of a running text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def day_or_dash(value: date | None) -> str:
    """A date, or a dash for none."""
    return formatting.date(value) if value else NOTHING


Data = dict[str, Any]
