"""The import of leases: a file is checked row by row, and taken in whole or not at all."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from leases.contracts.imports import IMPORTER
from leases.contracts.models import ComponentKind, Lease, Party
from leases.contracts.rules.persons import Role
from leases.contracts.rules.stages import Stage
from leases.homes.models import Flat, Occupancy, Stair
from registry.persons.models import ExternalId, Mark, MarkKind, Person
from registry.persons.models import Ground as MarkGround
from tests.leases.contracts.conftest import TODAY, concluded, make_flat
from tests.people import system_access
from vuokra.access.stated import bulk_write
from vuokra.imports import services
from vuokra.imports.registry import Note, Report

pytestmark = pytest.mark.django_db
HEAD = (
    "Osoite;Vuokralainen;Kanssavuokralaiset;Asukkaat;Alkoi;Allekirjoitettu;Määräaika päättyy;"
    "Viimeinen päivä;Vuokra;Vesimaksu henkilöltä;Henkilöitä;Hinnat alkaen;Vesimaksun peruste"
)


def row(**cells: str) -> str:
    """A row of the file; what is not given is that of a good one."""
    good = {
        "address": "Koulukatu 5 A 2", "tenant": "V-1", "co": "", "occupants": "",
        "starts": "1.6.2024", "signed": "20.5.2024", "term": "", "last": "", "rent": "612,50",
        "water": "22", "persons": "2", "priced": "1.3.2026", "basis": "henkilöluku",
    }  # fmt: skip
    assert set(cells) <= set(good)
    return ";".join((good | cells).values())


def read(*rows: str) -> tuple[Report, int, int]:
    file = io.BytesIO("\n".join([HEAD, *rows]).encode())
    with system_access():
        run, result = services.import_now(
            IMPORTER, file, today=TODAY, tell=lambda *_: None, dry_run=False
        )
    return result.report, run.new, run.known


@pytest.fixture
def known(flat: Flat, person: Person, other: Person) -> tuple[Person, Person]:
    """The flat Koulukatu 5 A 2, and two people with ids of the old system."""
    with system_access():
        ExternalId.objects.create(person=person, value="V-1")
        ExternalId.objects.create(person=other, value="V-2")
    return person, other


def test_leases_come_in_with_their_parts_and_again_nothing_changes(
    known: tuple[Person, Person], flat: Flat
) -> None:
    person, other = known
    earlier = row(
        starts="1.6.2022", signed="20.5.2022", last="31.5.2024", priced="",
        tenant=str(person.customer_number),
    )  # fmt: skip
    now = row(co="V-2")
    report, new, old = read(now, earlier)
    assert (report.errors, new, old) == (0, 2, 0), report.notes
    with system_access():
        first, second = Lease.objects.order_by("starts_on")
        assert first.stage_on(TODAY) is Stage.ENDED and second.stage_on(TODAY) is Stage.IN_FORCE
        assert second.previous == first, "the tenancy began with the first lease"
        assert second.concluded_on == date(2024, 5, 20)
        parties = {party.person_id: party for party in second.parties.all()}
        assert parties[other.pk].role == Role.CO_TENANT
        assert parties[person.pk].signed_on == date(2024, 5, 20)
        prices = {part.kind: (part.month_eur, part.valid_from) for part in second.components.all()}
        assert prices == {
            ComponentKind.RENT: (Decimal("612.50"), date(2026, 3, 1)),
            ComponentKind.WATER_PERSON: (Decimal("44.00"), date(2026, 3, 1)),
        }
        days = Occupancy.objects.filter(flat=flat).order_by("valid_from")
        assert [(one.valid_from, one.valid_to) for one in days] == [
            (date(2022, 6, 1), date(2024, 5, 31)), (date(2024, 6, 1), None),
        ]  # fmt: skip
    report, new, old = read(now, earlier)
    assert (report.errors, new, old) == (0, 0, 2)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"address": "Koulukatu"}, "address"),
        ({"address": "Koulukatu 5 A 99"}, "address"),
        ({"tenant": "V-9"}, "tenant"),
        ({"tenant": ""}, "tenant"),
        ({"co": "V-1"}, "co_tenants"),
        ({"starts": ""}, "starts_on"),
        ({"starts": "32.1.2024"}, "starts_on"),
        ({"signed": "1.1.2030"}, "concluded_on"),
        ({"last": "1.1.2020"}, "last_day"),
        ({"term": "1.1.2020"}, "term_ends_on"),
        ({"rent": "paljon"}, "rent"),
        ({"rent": ""}, "rent"),
        ({"rent": "-1"}, "rent"),
        ({"persons": "0"}, "persons"),
        ({"priced": "1.1.2020"}, "priced_from"),
        ({"basis": "arvio"}, "water"),
        ({"co": "150685-906N"}, "co_tenants"),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out(
    known: tuple[Person, Person], stair: Stair, cells: dict[str, str], column: str
) -> None:
    make_flat(stair, 3)
    report, _new, _old = read(row(tenant="V-2", address="Koulukatu 5 A 3"), row(**cells))
    assert report.errors and {(note.row, note.column) for note in report.notes} == {(3, column)}
    assert "150685" not in " ".join(note.text for note in report.notes)
    with system_access():
        assert not Lease.objects.exists() and not Party.objects.exists()


def only(report: Report) -> Note:
    [note] = report.notes
    return note


def test_a_flat_is_not_let_twice_by_two_rows_nor_over_a_lease_of_the_register(
    known: tuple[Person, Person], flat: Flat
) -> None:
    report, _new, _old = read(
        row(last="31.12.2025", priced=""), row(tenant="V-2", starts="31.12.2025", priced="")
    )
    assert (only(report).row, only(report).column) == (3, "starts_on")
    assert "rivillä 2" in only(report).text
    with system_access():
        lease = concluded(flat, known[1], starts_on=date(2025, 1, 1))
    report, _new, _old = read(row())
    assert str(lease.number) in only(report).text and report.errors == 1


def test_nobody_restricted_comes_in_by_a_file(known: tuple[Person, Person]) -> None:
    with system_access():
        Mark.objects.create(
            person=known[1], kind=MarkKind.RESTRICTION, ground=MarkGround.ACCURACY,
            valid_from=TODAY,
        )  # fmt: skip
    report, _new, _old = read(row(co="V-2"))
    assert only(report).column == "co_tenants" and "rajoitettu" in only(report).text


def test_the_third_short_term_is_told_to_be_open_ended(
    known: tuple[Person, Person],
) -> None:
    """TEN-K33 in a file."""
    terms = [("1.1.2026", "31.3.2026"), ("1.4.2026", "30.6.2026"), ("1.7.2026", "30.9.2026")]
    report, new, _old = read(
        *(row(starts=first, signed=first, term=last, priced="") for first, last in terms)
    )
    assert (report.errors, report.warnings, new) == (0, 1, 3)
    assert (only(report).row, only(report).column) == (4, "term_ends_on")
    with system_access():
        kinds = [lease.kind for lease in Lease.objects.order_by("starts_on")]
    assert kinds == ["fixed_term", "fixed_term", "open_ended"]


def test_the_command_takes_a_file(
    known: tuple[Person, Person], tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "leases.csv"
    path.write_text("\n".join([HEAD, row()]), "utf-8")
    call_command("import_leases", str(path), "--dry-run")
    with system_access():
        assert not Lease.objects.exists()
    call_command("import_leases", str(path), "--reason", "siirto")
    with system_access():
        assert Lease.objects.count() == 1
    assert "1 uutta tuotiin" in capsys.readouterr().out


@pytest.mark.full
def test_thousands_of_leases_take_seconds(known: tuple[Person, Person], stair: Stair) -> None:
    with system_access(), bulk_write("a test"):
        for number in range(100, 1100):
            make_flat(stair, number)
    rows = [row(address=f"Koulukatu 5 A {number}", priced="") for number in range(100, 1100)]
    report, new, _old = read(*rows)
    assert (report.errors, new) == (0, 1000)
