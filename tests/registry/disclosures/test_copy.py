"""The data-subject copy tells to whom data were given (article 15(1)(c), (2))."""

from __future__ import annotations

from registry.copies.collecting import collect_rows
from registry.disclosures import services, telling
from registry.disclosures.models import Category, Instrument, Recipient
from registry.persons.models import Person
from tests.people import system_access
from tests.registry.disclosures.conftest import basis, company, given, someone, today
from vuokra.policy.roles import Purpose


def record(recipient: Recipient | None, *people: Person, **changes: object) -> None:
    services.record_disclosure(given(recipient, *people, **changes), today=today())


def test_the_actual_recipients_by_name_and_date(
    doors: Recipient, agency: Recipient, person: Person
) -> None:
    with system_access():
        other = someone("Toinen")
        record(doors, person)
        record(agency, person, other, purpose=Purpose.PERINTA)
        record(None, person)
        told = telling.recipients([person.pk], today())
        assert told is not None
        assert [row[1] for row in told.rows] == ["Kuuran Perintä Oy", "Avain ja Vartio Oy"]
        assert told.rows[1][2:] == ["Nimi, Puhelinnumerot", "Kunnossapito", "AV-31", "Puhelin"]
        assert "Toinen" not in str(told)
        assert telling.recipients([someone("Kolmas").pk], today()) is None
        assert telling.transfers([person.pk], today()) is None


def test_transfers_and_what_protects_the_data(person: Person) -> None:
    with system_access():
        abroad = company("Cloudberry Inc.", Category.THIRD_COUNTRY, country="US")
        basis(abroad, instrument=Instrument.CLAUSES)
        record(abroad, person)
        told = telling.transfers([person.pk], today())
        assert told is not None
        assert told.rows == [
            ["Cloudberry Inc.", "US", "Vakiolausekkeet tai muut suojatoimet (46 artikla)"]
        ]


def test_rows_of_a_list_are_told_in_words_and_name_nobody_else(
    agency: Recipient, person: Person
) -> None:
    with system_access():
        other = someone("Toinen")
        record(agency, person, other, purpose=Purpose.PERINTA)
        found = collect_rows([person.pk], lambda done, of: None)
    (section,) = [one for one in found.sections if one.code == "SY-03"]
    words = [value.shown for entry in section.entries for value in entry.values]
    assert any("Kuuran Perintä Oy: Nimi, Puhelinnumerot" in one for one in words)
    assert other.pk not in found.connected
