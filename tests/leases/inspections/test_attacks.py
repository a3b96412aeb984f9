"""What was tried against inspections and readings: to learn a home, to act on one's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image, ImageOps

from leases.contracts import services as leases
from leases.contracts.models import Lease
from leases.homes.models import Flat, Meter
from leases.inspections import pictures, services
from leases.inspections.models import Inspection, Reading
from leases.inspections.rules import Kind
from registry.persons.models import Ground, Mark, MarkKind, Person, TieKind
from registry.persons.services.standing import record_tie
from tests.leases.contracts.conftest import DAY, refused_by
from tests.leases.inspections.conftest import (
    AT,
    TODAY,
    SignedIn,
    agreed,
    concluded,
    finished,
    first_room,
    picture,
)
from tests.people import make_user, sign_in, system_access
from tests.registry.protection.conftest import ban
from vuokra.policy.roles import Role as StaffRole

pytestmark = pytest.mark.django_db
LIST = "/tarkastukset/"


def html(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def readings_of(flat: Flat) -> str:
    from django.urls import reverse

    return reverse("inspections:readings", args=[flat.pk])


def test_the_inspection_of_a_cancelled_lease_does_not_tell_of_a_ban(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    with system_access():
        lease = concluded(flat, person, starts_on=TODAY + 30 * DAY, signed_on=TODAY)
        row = agreed(lease, contact=person)
        leases.cancel(lease, "Perui", today=TODAY)
        ban(person)
    upkeep = signed_in("HUO")
    assert upkeep.get(f"{LIST}{row.pk}/").status_code == 404
    assert f"{LIST}{row.pk}/" not in html(upkeep, LIST)


def test_a_restriction_does_not_lead_to_somebody_under_turvakielto(
    signed_in: SignedIn, lease: Lease, person: Person
) -> None:
    with system_access():
        row = agreed(lease)
        ban(person)
        Mark.objects.create(
            person=person, kind=MarkKind.RESTRICTION, ground=Ground.ACCURACY, valid_from=TODAY
        )
    answer = signed_in("HUO").get(f"{LIST}{row.pk}/")
    assert answer.status_code == 404 and person.public_id not in str(answer.headers)


def test_a_reading_does_not_vanish_because_somebody_is_protected(
    signed_in: SignedIn, flat: Flat, lease: Lease, meter: Meter, person: Person
) -> None:
    """Whoever writes one would learn that the flat is somebody's home under turvakielto."""
    with system_access():
        ban(person)
    upkeep, page = signed_in("HUO"), readings_of(flat)
    written = {"meter": str(meter.pk), "value": "12,5", "read_on": f"{TODAY:%d.%m.%Y}"}
    assert upkeep.post(page, written)["Location"] == page
    assert "12,500" in html(upkeep, page) or "12.500" in html(upkeep, page)


def test_a_refused_reading_does_not_tell_those_of_a_secret_home(
    signed_in: SignedIn, flat: Flat, lease: Lease, meter: Meter, person: Person
) -> None:
    """By trying values and days one would find what the meter showed there, and when it was read;
    what one wrote oneself, and what was read of others, still stands in order."""
    office, user = signed_in("SOP"), make_user(StaffRole.HUO)
    upkeep, page = sign_in(Client(), user), readings_of(flat)

    def write(browser: Client, value: str, ago: int) -> int:
        written = {
            "meter": str(meter.pk),
            "value": value,
            "read_on": f"{TODAY - ago * DAY:%d.%m.%Y}",
        }
        return browser.post(page, written).status_code

    assert write(office, "50", 30) == 302
    assert write(upkeep, "40", 20) == 422
    with system_access():
        ban(person)
    assert write(upkeep, "60", 40) == 302, "more than was read there later"
    assert write(upkeep, "70", 30) == 302, "on the day on which it was read"
    assert write(upkeep, "70", 30) == 422, "one's own are in sight"
    assert write(upkeep, "40", 20) == 422


def test_DP_A2_nobody_writes_or_drops_a_reading_of_ones_own_home(
    flat: Flat, lease: Lease, meter: Meter, person: Person
) -> None:
    keeper = make_user(StaffRole.HUO)
    with system_access():
        record_tie(person, keeper.pk, TieKind.OWN, valid_from=date(2024, 1, 1))
        known = Reading.objects.create(
            meter=meter, read_on=TODAY, value=Decimal("99.5"), lease=lease
        )
    browser, page = sign_in(Client(), keeper), readings_of(flat)
    written = {"meter": str(meter.pk), "value": "100", "read_on": f"{TODAY:%d.%m.%Y}"}
    assert browser.post(page, written).status_code in (403, 404)
    assert browser.post(f"{page}{known.pk}/poista/").status_code in (403, 404)
    assert "99,5" not in html(browser, page) and "99.5" not in html(browser, page)
    with system_access():
        assert Reading.objects.get() == known


def test_DP_A25_a_huge_picture_is_made_small_before_it_is_copied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A few of them at once would take the memory of the server."""
    seen: list[tuple[int, int]] = []
    turned = ImageOps.exif_transpose

    def spied(image: Image.Image) -> Image.Image:
        seen.append(image.size)
        return turned(image)

    monkeypatch.setattr(ImageOps, "exif_transpose", spied)
    kept = pictures.judged(picture(size=(6000, 4000)))
    assert seen == [(2048, 1365)] and (kept.width, kept.height) == (2048, 1365)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_DP_A25_a_broken_picture_is_refused_in_words() -> None:
    """Whatever stands in its hidden parts."""
    whole = picture()
    for place in range(2, min(len(whole), 400)):
        for byte in (0x00, 0x7F, 0xFF):
            broken = whole[:place] + bytes((byte,)) + whole[place + 1 :]
            try:
                pictures.judged(broken)
            except ValidationError:
                continue


def test_no_room_is_signed_unseen(lease: Lease) -> None:
    """A room that was opened again, or added, after the inspection was done."""
    with system_access():
        row = finished(agreed(lease))
        room = first_room(row)
        services.check_room(room, checked=False)
        with pytest.raises(ValidationError) as refused:
            services.sign(row, on=TODAY, today=TODAY)
        assert refused.value.code == "rooms"
        row.signed_on = TODAY
        with refused_by("inspections_rooms"):
            row.save()
        services.check_room(room)
        assert services.sign(row, on=TODAY, today=TODAY).signed_on == TODAY


def test_no_record_is_inserted_signed(lease: Lease) -> None:
    with system_access(), refused_by("inspections_way"):
        Inspection.objects.create(
            lease=lease, flat=lease.flat, kind=Kind.MOVE_IN, agreed_at=AT, done_on=TODAY,
            signed_on=TODAY,
        )  # fmt: skip
