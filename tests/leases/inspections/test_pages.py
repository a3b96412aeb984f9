"""Pages of inspections: from a lease to a signed record, bad pictures, what they do not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leases.contracts.models import Lease
from leases.homes.models import Flat, Handover, Key, KeyKind, Meter, Stair
from leases.inspections import pictures, queries, services
from leases.inspections.models import Inspection, Photo, Reading, Remark
from leases.inspections.rules import Kind
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.leases.inspections.conftest import (
    CAUSED,
    TODAY,
    WORN,
    SignedIn,
    agreed,
    concluded,
    finished,
    first_room,
    make_flat,
    picture,
    signed,
)
from tests.leases.inspections.test_pictures import bomb
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.policy.roles import Role as StaffRole
from vuokra.ui.weeks import monday

LIST, MOVES = "/tarkastukset/", "/tarkastukset/muutot/"
REMARK = {
    "part": "Lattia", "condition": "broken", "text": "Naarmu", "cause": "tenant",
    "estimate_eur": "120,00", "agreed": "no", "next_action": "repair",
}  # fmt: skip
DAY = timedelta(days=1)
ADDRESS = "Koulukatu 5 A 2"


def html(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def upload(content: bytes, name: str = "kuva.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def test_an_inspection_is_agreed_walked_through_signed_and_compared(
    signed_in: SignedIn, ending: Lease, meter: Meter
) -> None:
    with system_access():
        before = agreed(ending)
        services.add_remark(first_room(before), replace(WORN, part="Lattia"))
        signed(before)
    browser = signed_in("SOP")
    assert "Sovi tarkastus" in html(browser, f"/sopimukset/{ending.pk}/")
    new = f"{LIST}uusi/{ending.pk}/"
    given = {"kind": "move_out", "day": "1.12.2026", "at": "klo 9.30", "inspector": ""}
    wrong = browser.post(new, given | {"at": "puolilta päivin"})
    assert wrong.status_code == 422 and "Tarkista kellonaika" in wrong.content.decode()
    page = browser.post(new, given)["Location"]
    assert browser.post(new, given).status_code == 422  # one open of a kind
    text = html(browser, page)
    assert "Lopputarkastus" in text and "1.12.2026" in text and "Lehtovaara" in text
    with system_access():
        row = Inspection.objects.get(kind=Kind.MOVE_OUT)
        rooms = list(row.rooms.all())
    made = browser.post(
        f"{page}tila/{rooms[0].pk}/huomautus/", REMARK | {"photo": upload(picture())}
    )
    assert made["Location"] == f"{page}#tila-{rooms[0].pk}"
    for room in rooms[1:]:
        browser.post(f"{page}tila/{room.pk}/lapi/")
    browser.post(
        f"{page}lukema/", {"meter": str(meter.pk), "value": "812,5", "read_on": "20.11.2026"}
    )
    text = html(browser, page)
    assert "Naarmu" in text and "120,00" in text and "812,500" in text and "Miksi?" in text
    browser.post(f"{page}tehty/", {"on": f"{TODAY:%d.%m.%Y}", "tenant_present": "1"})
    browser.post(f"{page}allekirjoitus/", {"on": f"{TODAY:%d.%m.%Y}"})
    text = html(browser, page)
    assert "Allekirjoitettu" in text and "Lisää huomautus" not in text
    beside = html(browser, f"{page}vertailu/")
    assert "Vika oli jo sisään muutettaessa" in beside and "Kulunut" in beside
    assert "Lopputarkastus" in html(browser, f"/sopimukset/{ending.pk}/")
    with system_access():
        assert [one.estimate_eur for one in queries.charge_lines(ending)] == [Decimal("120.00")]
        paper = queries.record_of(Inspection.objects.get(kind=Kind.MOVE_OUT), today=TODAY)
        assert paper.page.charge.total == Decimal("120.00") and len(paper.page.readings) == 1
        assert [one.surname for one in paper.tenants] == ["Lehtovaara"]
        assert paper.comparison is not None and paper.comparison.before is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 a program with the name of a picture", "ei ole kuva"),
        (bomb(9_000, 9_000), "liikaa pisteitä"),
        (b"GIF89a\x02\x00\x02\x00", "ei ole kuva"),
        (picture()[:200], "vioittunut"),
    ],
)
def test_bad_picture_is_told_at_its_field_and_nothing_is_half_saved(
    signed_in: SignedIn, lease: Lease, content: bytes, words: str
) -> None:
    with system_access():
        row = agreed(lease)
        room = first_room(row)
        remark = services.add_remark(room, WORN)
    browser = signed_in("HUO")
    for address in (f"tila/{room.pk}/huomautus/", f"huomautus/{remark.pk}/kuva/"):
        answer = browser.post(f"{LIST}{row.pk}/{address}", REMARK | {"photo": upload(content)})
        text = answer.content.decode()
        assert answer.status_code == 422 and words in text
        assert 'href="#id_photo"' in text
        if "huomautus/" in address and "kuva" not in address:
            assert "Naarmu" in text  # what was typed stays
    with system_access():
        assert Remark.objects.count() == 1 and not Photo.objects.exists()


def test_too_large_a_picture(
    signed_in: SignedIn, lease: Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    with system_access():
        row = agreed(lease)
        room = first_room(row)
    monkeypatch.setattr(pictures, "MOST_BYTES", 300)
    answer = signed_in("SOP").post(
        f"{LIST}{row.pk}/tila/{room.pk}/huomautus/", REMARK | {"photo": upload(picture())}
    )
    assert answer.status_code == 422 and "liian suuri" in answer.content.decode()
    with system_access():
        assert not Remark.objects.exists()


def test_each_opening_of_a_picture_is_an_event_and_the_page_opens_none(
    signed_in: SignedIn, lease: Lease, person: Person
) -> None:
    with system_access():
        row = agreed(lease)
        remark = services.add_remark(first_room(row), CAUSED, picture=pictures.judged(picture()))
        photo = remark.photos.get()
    browser = signed_in("HUO")
    address = f"{LIST}{row.pk}/kuva/{photo.uuid}/"
    assert address in html(browser, f"{LIST}{row.pk}/")
    before = len(events())
    for _time in range(2):
        answer = browser.get(address)
        assert answer["Content-Type"] == "image/jpeg" and answer.content[:3] == b"\xff\xd8\xff"
        assert "Lehtovaara" not in answer["Content-Disposition"]
    opened = events()[before:]
    assert [one.surface for one in opened] == ["file", "file"]
    assert all(person.pk in one.subjects for one in opened)
    assert browser.get(f"{LIST}{row.pk + 1}/kuva/{photo.uuid}/").status_code == 404


def test_maintenance_sees_the_flat_and_the_days_and_not_the_lease(
    signed_in: SignedIn, lease: Lease, person: Person
) -> None:
    with system_access():
        row = agreed(lease, contact=person)
    browser = signed_in("HUO")
    text = html(browser, f"{LIST}{row.pk}/")
    assert ADDRESS in text and "Lehtovaara" in text
    assert f"/sopimukset/{lease.pk}/" not in text and "650,00" not in text
    assert ADDRESS in html(browser, LIST)
    assert browser.get(f"{LIST}uusi/{lease.pk}/").status_code == 403
    signed_at = f"{LIST}{row.pk}/huomautus/1/"
    assert browser.get(signed_at).status_code == 404


@pytest.mark.parametrize("role", ["HAK", "VAL", "TAL", "MAR", "REK", "JOH", "PAA"])
def test_whoever_has_no_task_with_inspections_does_not_see_them(
    signed_in: SignedIn, lease: Lease, role: str
) -> None:
    with system_access():
        row = agreed(lease)
    browser = signed_in(role)
    for address in (LIST, MOVES, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/vertailu/"):
        assert browser.get(address).status_code == 403


def test_a_colleagues_inspection_is_closed(lease: Lease, person: Person) -> None:
    clerk = make_user(StaffRole.SOP)
    with system_access():
        row = agreed(lease)
        record_tie(person, clerk.pk, TieKind.COLLEAGUE, valid_from=date(2024, 1, 1))
    browser = sign_in(Client(), clerk)
    assert browser.get(f"{LIST}{row.pk}/").status_code in (403, 404)
    assert f"{LIST}{row.pk}/" not in html(browser, LIST)


def test_DP_A20_the_flat_of_a_protected_person_is_not_found_by_moves_and_inspections(
    signed_in: SignedIn, flat: Flat, ending: Lease, person: Person, meter: Meter
) -> None:
    with system_access():
        ending.last_day = TODAY
        ending.save()
        row = agreed(ending, Kind.MOVE_OUT, contact=person)
        services.record_reading(meter, Decimal(5), on=TODAY, today=TODAY)
        ban(person)
    office, upkeep = signed_in("SOP"), signed_in("HUO")
    weeks = [TODAY + n * 7 * DAY for n in range(-1, 3)]
    names = [f"{day.isocalendar().year}-{day.isocalendar().week}" for day in weeks]
    for browser in (office, upkeep):
        for address in [LIST, *(f"{MOVES}?viikko={name}" for name in names)]:
            text = html(browser, address)
            assert ADDRESS not in text and f"/huoneistot/{flat.pk}/" not in text, address
    shown = html(office, f"{LIST}{row.pk}/")
    assert ADDRESS not in shown and f"/huoneistot/{flat.pk}/" not in shown
    assert upkeep.get(f"{LIST}{row.pk}/").status_code == 404
    assert f"{LIST}{row.pk}/" not in html(upkeep, LIST)
    assert "5,000" not in html(office, f"/kohteet/huoneistot/{flat.pk}/")


def test_DP_A20_who_follows_a_protected_person_does_not_tell_when_the_home_comes_free(
    signed_in: SignedIn, flat: Flat, ending: Lease, person: Person, other: Person
) -> None:
    with system_access():
        ending.last_day = TODAY
        ending.save()
        ban(person)
        concluded(flat, other, starts_on=TODAY + DAY, signed_on=TODAY)
    browser = signed_in("SOP")
    for day in (TODAY, TODAY + 7 * DAY):
        name = f"{day.isocalendar().year}-{day.isocalendar().week}"
        assert ADDRESS not in html(browser, f"{MOVES}?viikko={name}")


def test_the_calendar_tells_moves_inspections_and_keys(
    signed_in: SignedIn, flat: Flat, ending: Lease, person: Person, other: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    near, localdate = date(2026, 11, 27), timezone.localdate  # the calendar shows a year around it
    monkeypatch.setattr(timezone, "localdate", lambda *given: localdate(*given) if given else near)
    site = flat.stair.building.site
    with system_access():
        ending.last_day = date(2026, 12, 31)  # a Thursday; the first of January is no working day
        ending.save()
        first, _second = (
            Key.objects.create(site=site, flat=flat, serial=f"{n}", kind=KeyKind.FLAT)
            for n in (1, 2)
        )
        Handover.objects.create(key=first, person=person, given_on=TODAY)
        concluded(flat, other, starts_on=date(2027, 1, 5), signed_on=TODAY)
        agreed(ending)
    browser = signed_in("SOP")
    text = html(browser, f"{MOVES}?viikko=2027-01")
    assert "ma&nbsp;4.1.2027" in text.replace("\u00a0", "&nbsp;")
    out, moved_in = text.index("Muutto ulos"), text.index("Muutto sisään")
    assert text.index("4.1.2027") < out < text.index("5.1.2027") < moved_in
    assert "palauttamatta 1" in text and "toimistossa 1" in text
    assert "Muutto ulos" not in html(browser, f"{MOVES}?viikko=2026-53")
    assert "Alkutarkastus" in html(browser, f"{MOVES}?viikko=2026-49")
    assert "toimistossa" not in html(signed_in("HUO"), f"{MOVES}?viikko=2027-01")
    for odd in ("x", "2026-99", "9999-01", "2026-"):
        assert f"{monday(near):%-d.%-m.%Y}" in html(browser, f"{MOVES}?viikko={odd}")


def test_readings_of_a_flat(signed_in: SignedIn, lease: Lease, flat: Flat, meter: Meter) -> None:
    browser = signed_in("HUO")
    address = f"{LIST}lukemat/{flat.pk}/"
    given = {"meter": str(meter.pk), "value": "100", "read_on": "1.10.2026"}
    assert browser.post(address, given)["Location"] == address
    lower = browser.post(address, given | {"value": "99", "read_on": "2.10.2026"})
    assert lower.status_code == 422 and "mittari on vaihdettu" in lower.content.decode()
    assert "100,000" in html(browser, address)
    assert "100,000" in html(browser, f"/kohteet/huoneistot/{flat.pk}/")
    with system_access():
        pk = Reading.objects.get().pk
    browser.post(f"{address}{pk}/poista/")
    with system_access():
        assert not Reading.objects.exists()


def test_a_flat_without_meters_has_nothing_to_read(
    signed_in: SignedIn, lease: Lease, flat: Flat
) -> None:
    shown = html(signed_in("HUO"), f"{LIST}lukemat/{flat.pk}/")
    assert "Huoneistossa ei ole mittareita" in shown and 'name="value"' not in shown


def test_the_work_queue_tells_what_to_agree_and_what_is_of_the_day(
    signed_in: SignedIn, ending: Lease, stair: Stair, other: Person
) -> None:
    with system_access():
        concluded(make_flat(stair, 7), other, starts_on=TODAY + 3 * DAY, signed_on=TODAY)
    browser = signed_in("SOP")
    text = html(browser, "/?laji=tarkastus-sovittava")
    assert "Sovi lopputarkastus" in text and "Sovi alkutarkastus" in text
    with system_access():
        row = agreed(ending, Kind.MOVE_OUT)
        services.move(row, at=row.agreed_at.replace(year=TODAY.year, month=TODAY.month,
                                                    day=TODAY.day))  # fmt: skip
    text = html(browser, "/")
    assert "Sovi lopputarkastus" not in text and "Tee tarkastus" in text
    assert "Tee tarkastus" in html(signed_in("HUO"), "/")
    with system_access():
        finished(row)
    assert "Hanki tarkastuksen allekirjoitukset" in html(browser, "/")


def test_an_inspection_costs_the_same_with_many_remarks(signed_in: SignedIn, lease: Lease) -> None:
    with system_access():
        row = agreed(lease)
        services.add_remark(first_room(row), WORN, picture=pictures.judged(picture()))
    browser = signed_in("SOP")
    address = f"{LIST}{row.pk}/"
    html(browser, address)
    with CaptureQueriesContext(connection) as few:
        html(browser, address)
    with system_access():
        for room in row.rooms.all():
            for _time in range(3):
                services.add_remark(room, CAUSED, picture=pictures.judged(picture()))
    with CaptureQueriesContext(connection) as many:
        html(browser, address)
    assert len(many) == len(few)
