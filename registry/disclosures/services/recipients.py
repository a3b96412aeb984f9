"""Recipients and their bases: entered and approved by the registrar."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.disclosures import rules
from registry.disclosures.models import (
    BasisKind,
    Category,
    DisclosureBasis,
    Instrument,
    Recipient,
)
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose

_BASIS_TEXTS = {
    "disclosures_basis_fits": gettext_lazy(
        "Tämä peruste ei sovi vastaanottajan ryhmälle. "
        "”Muu asiallinen yhteys” ei ole peruste luovuttaa tietoja."
    ),
    "disclosures_basis_transfer": gettext_lazy(
        "EU- ja ETA-alueen ulkopuolelle tarvitaan siirtoperuste, muille sitä ei kirjata."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a basis says."""

    kind: BasisKind
    reference: str
    section: str
    codes: Collection[str]
    purposes: Collection[Purpose]
    valid_from: date
    valid_to: date | None
    instrument: Instrument = Instrument.NONE


def _require_keeper() -> None:
    current().require(Group.DISCLOSURE, Level.WRITE)


def save_recipient(
    recipient: Recipient, *, name: str, category: Category, country: str, contact: str,
    collects: bool,
) -> Recipient:  # fmt: skip
    """Enter a recipient or change one (vastaanottajan kirjaaminen).

    One that has bases or was given data stays who it is: bases were approved for that name, group
    and country, and for whether it collects, and disclosures tell who got the data. Raises
    ValidationError at the field (its code).
    """
    _require_keeper()
    new = recipient.pk is None
    given: dict[str, Any] = {
        "name": clean_text(name), "category": category, "country": country.upper(),
        "collects": collects,
    }  # fmt: skip
    other = [field for field, value in given.items() if getattr(recipient, field) != value]
    if not new and other and (recipient.bases.exists() or recipient.disclosures.exists()):
        raise ValidationError(
            _("Tätä ei voi muuttaa, kun perusteita tai luovutuksia on jo kirjattu. "
              "Kirjaa uusi vastaanottaja."),
            code=other[0],
        )  # fmt: skip
    recipient.name, recipient.contact = given["name"], clean_text(contact)
    for text in (recipient.name, recipient.contact):
        refuse_hetu_in_text(text)
    recipient.category, recipient.country = category, given["country"]
    recipient.collects = collects
    if new:
        recipient.recorded_by_id = current().actor.user_id
    with constraint_errors(Recipient):
        recipient.save()
    return recipient


def add_basis(recipient: Recipient, terms: Terms) -> DisclosureBasis:
    """Enter and approve a basis (perusteen hyväksyminen); whoever enters it is the registrar.

    Raises ValidationError for a basis that does not serve the category (S7-04), a transfer without
    its instrument (S7-07), an agreement without an end.
    """
    _require_keeper()
    if over := _over_the_limit(Category(recipient.category), terms.codes):
        raise ValidationError(over, code="codes")
    basis = DisclosureBasis(
        recipient=recipient, kind=terms.kind, reference=clean_text(terms.reference),
        section=clean_text(terms.section), instrument=terms.instrument,
        codes=sorted(terms.codes), purposes=sorted(terms.purposes), valid_from=terms.valid_from,
        valid_to=terms.valid_to, approved_by_id=current().actor.user_id,
    )  # fmt: skip
    with constraint_errors(DisclosureBasis, _BASIS_TEXTS):
        basis.save(force_insert=True)
    return basis


def _over_the_limit(category: Category, codes: Collection[str]) -> str:
    """What a basis may not allow at all, in words; nothing when it stays within the limits."""
    if category in rules.PER_ORDER and frozenset(codes) - rules.ON_THE_SPOT:
        return _("Huollolle ja ovenavaukseen annetaan enintään nimi, puhelin ja osoite.")
    return ""


def end_basis(basis: DisclosureBasis, *, last_day: date) -> None:
    """End a basis earlier than it says (perusteen päättäminen). Raises ValidationError."""
    _require_keeper()
    if basis.valid_to is not None and last_day > basis.valid_to:
        raise ValidationError(_("Perustetta ei jatketa: kirjaa uusi peruste."), code="last_day")
    basis.valid_to = last_day
    with constraint_errors(DisclosureBasis):
        basis.save(update_fields=["valid_to"])
