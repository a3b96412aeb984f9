"""Point 5: until when data are kept, and formulas where the time does not run (15 artikla 1 d)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import pytest
from django.utils import timezone, translation

from registry.archive.models import PaperFile, PaperKind, Store
from registry.consents.codes import Kind
from registry.copies.content import CopyContent
from registry.copies.models import CopyKind
from registry.persons.models import Person
from registry.retention import starts
from registry.retention.rules import Lengths
from registry.retention.starts import Kept
from registry.rights import services as rights
from registry.rights.models import DataRequest
from registry.watch.models import BreakGlass
from tests.people import system_access
from tests.registry.consents.conftest import EMAIL_ADS, POST_ADS, imported, withdraw
from tests.registry.copies.conftest import acting, collected, remind
from tests.registry.copies.test_collecting import collected_of
from tests.registry.rights.conftest import take_in
from vuokra.access.context import current
from vuokra.accounts.models import User
from vuokra.rules.rules import add_years
from vuokra.ui import formatting

NOT_BEGUN = "aika ei ole alkanut"
REMINDERS = "vuokra_desk_reminder"


def kept(content: CopyContent) -> dict[tuple[str, str], list[str]]:
    """Point 5 by the data and the code of the retention: the days told."""
    (block,) = [block for block in content.blocks if block.key == "point-5"]
    found: dict[tuple[str, str], list[str]] = {}
    for titles, day, counted in block.rows:
        for title in titles.split("; "):
            found.setdefault((title, counted.split()[0]), []).append(day)
    return found


def shown(day: dt.date) -> str:
    return formatting.date(day)


def test_what_has_not_begun_is_told_as_a_formula(person: Person) -> None:
    content = collected_of(person)
    told = kept(content)
    assert told["Henkilötunnus", "R2"] == [NOT_BEGUN] and told["Henkilötunnus", "R6"] == [NOT_BEGUN]
    (block,) = [block for block in content.blocks if block.key == "point-5"]
    counted = {row[2] for row in block.rows}
    assert (
        "R9 viestit: vuokrasuhteen päättyminen + 3 vuotta, ilman vuokrasuhdetta kuten hakemus "
        "(R2); poistetaan" in counted
    )
    assert all(len(row) == len(block.head) for row in block.rows)


def test_the_newest_row_tells_the_day(
    person: Person, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [dt.date(2027, 5, 31), dt.date(2028, 2, 29)]

    def tell(ids: Collection[int], lengths: Lengths, today: dt.date) -> Mapping[int, Kept]:
        return {row: Kept("R9", end) for row, end in zip(sorted(ids), ends, strict=False)}

    monkeypatch.setattr(starts, "_tables", {REMINDERS: tell})
    title = next(
        one.title for one in collected_of(person).sections if one.code == "VS-YHTEYS"
    )  # fmt: skip
    assert kept(collected_of(person))[title, "R9"] == ["29.2.2028"]
    with system_access():
        remind(person, "Kolmas", registrar)  # of this one no day is known
    assert kept(collected_of(person))[title, "R9"] == ["29.2.2028", NOT_BEGUN]


def test_DP_R14_the_file_of_a_closed_request_has_its_day(person: Person, registrar: User) -> None:
    with acting(registrar):
        row = take_in(person)
    title = "Rekisteröityjen pyynnöt"
    assert kept(collected_of(person))[title, "R14"] == [NOT_BEGUN]
    with acting(registrar):
        rights.withdraw(row, note="Perui puhelimessa", version=row.version)
        closed = DataRequest.objects.get(pk=row.pk).closed_on
        assert closed is not None
    until = shown(add_years(closed, 3))
    assert kept(collected_of(person))[title, "R14"] == [until]  # its steps too
    with acting(registrar):
        take_in(person)
    assert kept(collected_of(person))[title, "R14"] == [until, NOT_BEGUN]


def test_an_earlier_copy_is_kept_with_its_request(person: Person, registrar: User) -> None:
    from registry.copies import services

    with acting(registrar):
        row = take_in(person)
        copy = services.start_copy(person, language="fi", reference=row.number, by=registrar)
    collected(copy)
    with acting(registrar):
        rights.withdraw(row, note="Perui puhelimessa", version=row.version)
        closed = DataRequest.objects.get(pk=row.pk).closed_on
    assert closed is not None
    told = kept(collected_of(person))
    assert told["Rekisteröityjen pyynnöt", "R14"] == [shown(add_years(closed, 3))]


def test_DP_R11_evidence_of_a_consent_is_kept_from_its_end(person: Person) -> None:
    title = "Suoramarkkinointiluvat, suoramarkkinointikiellot"
    with system_access():
        imported(person, EMAIL_ADS, Kind.PERMISSION, dt.date(2024, 1, 15))
    assert kept(collected_of(person))[title, "R11"] == [NOT_BEGUN]
    with system_access():
        withdraw(person, EMAIL_ADS, dt.date(2025, 2, 28))
    assert kept(collected_of(person))[title, "R11"] == ["28.2.2028"]
    with system_access():
        imported(person, POST_ADS, Kind.PROHIBITION, dt.date(2025, 3, 1))
    assert kept(collected_of(person))[title, "R11"] == ["28.2.2028", NOT_BEGUN]


def test_paper_has_the_day_that_was_recorded_with_it(person: Person) -> None:
    with system_access():
        store = Store.objects.create(code="A-12", kind="box", room="Arkisto", lock="room")
        for kind, until in (
            (PaperKind.LEASE, dt.date(2032, 12, 31)), (PaperKind.REQUEST, None),
        ):  # fmt: skip
            PaperFile.objects.create(
                person=person, store=store, kind=kind, covers_from=dt.date(2022, 3, 1),
                keep_until=until, recorded_by_id=current().actor.user_id,
            )  # fmt: skip
    told = kept(collected_of(person))
    assert told["Paperiaineiston luettelo", "R6"] == ["31.12.2032"]
    assert told["Paperiaineiston luettelo", "R14"] == [NOT_BEGUN]


def test_DP_R13_looks_are_kept_from_the_newest_of_them(person: Person, signed_in: object) -> None:
    signed_in("SOP").get(f"/henkilot/{person.public_id}/")  # type: ignore[operator]
    content = collected_of(person)
    newest = max(dt.datetime.fromisoformat(look.at) for look in content.looks)
    until = add_years(timezone.localtime(newest).date(), 5)
    assert kept(content)["Katselut", "R13"] == [shown(until)]


def test_DP_R13_a_break_glass_is_kept_from_its_opening(person: Person, registrar: User) -> None:
    with system_access():
        glass = BreakGlass.objects.create(
            subject_id=person.pk, staff=registrar, reason="Vesivahinko yöllä, asukas ei vastaa",
            ends_at=timezone.now() + dt.timedelta(minutes=15),
        )  # fmt: skip
        opened = timezone.localdate(glass.opened_at)
    assert kept(collected_of(person))["Hätäkatselut", "R13"] == [shown(add_years(opened, 5))]


def test_an_english_copy_tells_it_in_english(person: Person) -> None:
    from registry.copies.gathering import collect

    with translation.override("en"), system_access():
        content = collect(
            person, kind=CopyKind.ACCESS, language="en", tell=lambda done, total: None
        )
    told = {row[1]: row[2] for block in content.blocks if block.key == "point-5"
            for row in block.rows}  # fmt: skip
    assert any("end of the tenancy + 3 years" in counted for counted in told.values())
    assert "the time does not run yet" in told


def test_statements_do_not_grow_with_rows_whose_start_is_known(
    person: Person, registrar: User
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            collected_of(person)
        return len(found)

    with acting(registrar):
        take_in(person)
    few = count()
    with acting(registrar):
        for _round in range(5):
            take_in(person)
    assert count() <= few + 1
