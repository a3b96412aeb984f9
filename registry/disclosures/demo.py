"""Demo company: recipients with their agreements, what was given to them, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from registry.disclosures import services
from registry.disclosures.models import (
    BasisKind,
    Category,
    Channel,
    Disclosure,
    Instrument,
    NotifyReason,
    Recipient,
)
from registry.disclosures.services import Asked, Copy, Given, Terms, Wish
from registry.persons.exports import ORIGIN
from registry.persons.models import Person
from registry.persons.outgoing import Taking
from vuokra.demo.registry import Progress, Scale
from vuokra.policy.roles import Purpose

COMPANIES: tuple[tuple[str, Category, str, BasisKind, str, int], ...] = (
    ("Hillakosken Tilapalvelu", Category.MAINTENANCE, "FI", BasisKind.NOTE, "HTP-2025-1", 700),
    ("Avain ja Vartio Oy", Category.DOORS, "FI", BasisKind.PROCESSING, "AV-31", 45),
    ("Kuuran Perintä Oy", Category.PROCESSOR, "FI", BasisKind.PROCESSING, "KP-2024-7", 400),
    ("Postitalo Laineen Kirjaamo Oy", Category.PROCESSOR, "FI", BasisKind.PROCESSING, "PL-9", -20),
    ("Hillakosken kaupunki", Category.GROUP, "FI", BasisKind.BALANCE, "TT-2026-2", 300),
    ("Cloudberry Surveys Inc.", Category.THIRD_COUNTRY, "US", BasisKind.PROCESSING, "CS-1", 200),
    ("Pohjolan poliisilaitos", Category.AUTHORITY, "FI", BasisKind.STATUTE, "poliisilaki", 0),
)
"""Name, category, country, kind and number of the basis, days until it ends (0: it does not)."""

SECTION = "4 luku 3 §"
FLAT = ("PT-NIMI", "PT-PUH", "PT-OSOITE")


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    made = [_company(row, scale.today) for row in COMPANIES]
    people = list(Person.objects.filter(protected=False).order_by("id")[:40])
    _given(made, [person.pk for person in people], scale.today)
    progress(1, 2)
    _waiting(people, scale.today)
    progress(2, 2)


def _company(row: tuple[str, Category, str, BasisKind, str, int], today: date) -> Recipient:
    name, category, country, kind, reference, left = row
    recipient = services.save_recipient(
        Recipient(), name=name, category=category, country=country, contact="049 000 0000",
        collects="Perintä" in name,
    )  # fmt: skip
    items = {Category.GROUP: (), Category.PROCESSOR: (*FLAT, "PT-EMAIL", "HK-ASNRO", "PT-HETU")}
    services.add_basis(
        recipient,
        Terms(
            kind=kind, reference=reference, section=SECTION if kind == BasisKind.STATUTE else "",
            codes=items.get(category, FLAT), purposes=_purposes(category),
            valid_from=today - timedelta(days=600),
            valid_to=today + timedelta(days=left) if left else None,
            instrument=Instrument.CLAUSES if country == "US" else Instrument.NONE,
        ),
    )  # fmt: skip
    return recipient


def _purposes(category: Category) -> list[Purpose]:
    if category in (Category.MAINTENANCE, Category.DOORS):
        return [Purpose.KUNNOSSAPITO]
    if category == Category.AUTHORITY:
        return [Purpose.OIKEUDET]
    if category == Category.GROUP:
        return [Purpose.KONSERNI]
    return [Purpose.SOPIMUS, Purpose.RESKONTRA, Purpose.PERINTA, Purpose.KYSELY]


def _given(made: Sequence[Recipient], people: Sequence[int], today: date) -> None:
    """What was given over the last weeks."""
    by_name = {recipient.name.split(" ")[0]: recipient for recipient in made}
    for number, person in enumerate(people[:4]):
        given = Given(
            recipient=by_name["Avain"], people=[person], codes=["PT-NIMI", "PT-PUH"],
            purpose=Purpose.KUNNOSSAPITO, channel=Channel.PHONE, origin="disclosures:form",
            at=timezone.now() - timedelta(days=3 + 5 * number), asked_by="Päivystäjä",
            call_back="049 000 0000", reference=f"TM {1200 + number}",
        )  # fmt: skip
        services.record_disclosure(given, today=today)
    services.record_disclosure(
        Given(
            recipient=by_name["Kuuran"], people=people[6:9], purpose=Purpose.PERINTA,
            codes=["PT-NIMI", "PT-OSOITE", "PT-PUH"], channel=Channel.FILE,
            origin="disclosures:demo", at=timezone.now() - timedelta(days=12),
            reference="Perintä 11/2026", copy=Copy("5f" * 32, 1874),
        ),
        today=today,
    )  # fmt: skip
    own = Wish(recipient=None, purpose=Purpose.SOPIMUS, reason="Tiedotteen postitus")
    taking = Taking(ORIGIN, tuple(people[10:34]), frozenset({"PT-NIMI", "PT-OSOITE"}), "csv")
    row = services.record_export(taking, own, services.fit(taking, own, today=today))
    services.keep_copy(row, Copy("a3" * 32, 2215))


def _waiting(people: Sequence[Person], today: date) -> None:
    """An export to approve, a request by telephone, and a recipient to be told."""
    own = Wish(recipient=None, purpose=Purpose.SOPIMUS, reason="Vuokrankorotuskirjeet")
    taking = Taking(
        ORIGIN, tuple(one.pk for one in people), frozenset({"PT-NIMI", "PT-OSOITE"}), "xlsx"
    )
    services.ask_export(taking, own, services.fit(taking, own, today=today))
    services.receive_request(
        Asked(
            authority="Pohjolan poliisilaitos", caller="Komisario Virva Virtasalo",
            channel=Channel.PHONE, asked="Asukkaan uusi osoite esitutkintaa varten",
            their_reference="5680/R/77/26", statute="poliisilaki 872/2011", section=SECTION,
        ),
        people[3:4],
    )  # fmt: skip
    services.notify_recipients(people[7], ["PT-OSOITE"], NotifyReason.RECTIFIED, "TP 3")


def empty() -> bool:
    """Whether nothing has been disclosed."""
    return not Disclosure.objects.exists() and not Recipient.objects.exists()
