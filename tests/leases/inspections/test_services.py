"""From an agreed inspection to a signed one: what is refused, what stays, what is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils.translation import override

from leases.contracts import services as of_leases
from leases.contracts.models import Lease
from leases.contracts.rules.changes import Change
from leases.contracts.rules.notice import Document, Method
from leases.contracts.rules.persons import Relation
from leases.contracts.services import NoticeDetails, Succession
from leases.homes.models import Flat, Meter, Stair
from leases.homes.services import remove_meter
from leases.inspections import pictures, queries, rules, services
from leases.inspections.models import Inspection, Photo, Reading, Remark, Room
from leases.inspections.rules import Cause, Kind, State
from registry.persons.models import Person
from tests.leases.inspections.conftest import (
    AT,
    CAUSED,
    TODAY,
    WORN,
    agreed,
    concluded,
    finished,
    first_room,
    make_flat,
    picture,
    signed,
)
from tests.people import make_user, system_access
from vuokra.access.context import Actor
from vuokra.policy.roles import Role as StaffRole

DAY = timedelta(days=1)


def test_an_inspection_has_the_rooms_of_its_flat(lease: Lease, person: Person) -> None:
    with system_access():
        row = agreed(lease, contact=person)
        names = list(row.rooms.values_list("name", flat=True))
        assert names == ["Eteinen", "Keittiö", "Olohuone", "Makuuhuone", "Kylpyhuone"]
        assert (row.flat_id, row.contact, row.state) == (lease.flat_id, person, State.AGREED)


def test_rooms_are_kept_by_one_name_whatever_the_language_of_the_screen(lease: Lease) -> None:
    with system_access(), override("en"):
        assert first_room(agreed(lease)).name == "Eteinen"
        assert [rules.room_name(one) for one in ("Eteinen", "Makuuhuone 2", "Työhuone 1")] == [
            "Hall", "Bedroom 2", "Työhuone 1",
        ]  # fmt: skip


def test_one_open_inspection_of_a_kind(ending: Lease) -> None:
    with system_access():
        first = agreed(ending)
        agreed(ending, Kind.MOVE_OUT)
        with pytest.raises(ValidationError, match="avoin tarkastus"):
            agreed(ending)
        services.cancel(first, "Asukas sairas", today=TODAY)
        again = agreed(ending)
        signed(again)
        assert agreed(ending).pk != again.pk


def test_nobody_moves_out_of_a_lease_that_does_not_end(lease: Lease) -> None:
    with system_access(), pytest.raises(ValidationError, match="ei ole päättymässä"):
        agreed(lease, Kind.MOVE_OUT)


def test_a_draft_is_not_inspected(stair: Stair, person: Person) -> None:
    from tests.leases.contracts.conftest import drafted

    with system_access():
        draft = drafted(make_flat(stair, 8), person)
        with pytest.raises(ValidationError, match="allekirjoitetulle"):
            agreed(draft)


def test_it_is_agreed_with_somebody_of_the_lease(lease: Lease, other: Person) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        agreed(lease, contact=other)
    assert "contact" in refused.value.message_dict


def test_whoever_was_replaced_is_not_asked_and_does_not_sign(
    ending: Lease, person: Person, other: Person
) -> None:
    """In the tenant's place came a spouse before the flat is inspected for moving out."""
    with system_access():
        given = Succession(
            leaving=ending.parties.get(), coming=other, relation=Relation.SPOUSE, resident=True,
            told_on=TODAY - 7 * DAY, effective_on=TODAY - DAY,
        )  # fmt: skip
        of_leases.transfer(ending, Change.FAMILY, given, today=TODAY)
        waiting = {one.kind: one.person_id for one in queries.to_agree(today=TODAY)}
        assert waiting == {Kind.MOVE_OUT: other.pk}
        row = finished(agreed(ending, Kind.MOVE_OUT))
        assert queries.record_of(row, today=TODAY).tenants == [other]


def test_it_is_done_when_every_room_is_gone_through_and_not_before_it_is(lease: Lease) -> None:
    with system_access():
        row = agreed(lease)
        with pytest.raises(ValidationError, match="Käymättä läpi: Eteinen, Keittiö"):
            services.finish(row, on=TODAY, tenant_present=True, today=TODAY)
        with pytest.raises(ValidationError, match="tulevaisuudessa"):
            services.finish(row, on=TODAY + DAY, tenant_present=True, today=TODAY)
        with pytest.raises(ValidationError, match="Kirjaa ensin"):
            services.sign(row, on=TODAY, today=TODAY)
        done = finished(row, on=TODAY - DAY)
        assert done.state is State.DONE
        with pytest.raises(ValidationError, match="ennen tarkastusta"):
            services.sign(row, on=TODAY - 2 * DAY, today=TODAY)
        with pytest.raises(ValidationError, match="tulevaisuudessa"):
            services.sign(row, on=TODAY + DAY, today=TODAY)
        with pytest.raises(ValidationError, match="jo tehty"):
            services.cancel(row, "", today=TODAY)
        with pytest.raises(ValidationError, match="jo tehty"):
            services.move(row, at=AT)
        assert services.sign(row, on=TODAY, today=TODAY).state is State.SIGNED


def test_another_time_is_agreed(lease: Lease) -> None:
    with system_access():
        row = agreed(lease)
        services.move(row, at=AT + DAY)
        assert Inspection.objects.get().agreed_at == AT + DAY


def test_only_what_the_tenant_caused_carries_euros(lease: Lease) -> None:
    with system_access():
        room = first_room(agreed(lease))
        for wrong in (Cause.WEAR, Cause.LANDLORD):
            with pytest.raises(ValidationError) as refused:
                services.add_remark(room, replace(CAUSED, cause=wrong))
            assert "25 §" in str(refused.value)
        with pytest.raises(ValidationError, match="suurempi kuin nolla"):
            services.add_remark(room, replace(CAUSED, estimate_eur=Decimal(0)))
        row = services.add_remark(room, CAUSED)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.cause = Cause.WEAR
            row.save()
        assert Room.objects.get(pk=room.pk).checked


def test_an_identity_code_does_not_go_into_a_remark(lease: Lease) -> None:
    with system_access():
        room = first_room(agreed(lease))
        with pytest.raises(ValidationError, match="henkilötunnus"):
            services.add_remark(room, replace(CAUSED, text="Asukas 150685-906N"))
        assert not Remark.objects.exists()


def test_a_remark_is_mended_and_taken_out_before_the_signature(lease: Lease) -> None:
    with system_access():
        room = first_room(agreed(lease))
        row = services.add_remark(room, CAUSED, picture=pictures.judged(picture()))
        services.change_remark(row, replace(CAUSED, text="Kolo"))
        assert Remark.objects.get().text == "Kolo"
        services.drop_remark(row)
        assert not Remark.objects.exists() and not Photo.objects.exists()
        services.add_room(row.room.inspection, "Autotalli")
        with pytest.raises(ValidationError, match="jo tämä tila"):
            services.add_room(row.room.inspection, "Autotalli")


def test_nothing_of_a_signed_inspection_changes(lease: Lease, meter: Meter) -> None:
    with system_access():
        row = agreed(lease)
        room = first_room(row)
        remark = services.add_remark(room, CAUSED, picture=pictures.judged(picture()))
        photo = remark.photos.get()
        reading = services.record_reading(meter, Decimal(10), on=TODAY, today=TODAY, inspection=row)
        row = signed(row)
        tries: list[Any] = [
            lambda: services.add_room(row, "Kellari"),
            lambda: services.check_room(room, checked=False),
            lambda: services.add_remark(room, WORN),
            lambda: services.change_remark(remark, WORN),
            lambda: services.drop_remark(remark),
            lambda: services.add_photo(remark, pictures.judged(picture())),
            lambda: services.drop_photo(photo),
            lambda: services.drop_reading(reading),
            lambda: services.cancel(row, "", today=TODAY),
            lambda: services.move(row, at=AT),
        ]
        for attempt in tries:
            with pytest.raises(ValidationError, match="ei muutu"):
                attempt()


def test_the_database_keeps_what_was_signed(lease: Lease, meter: Meter) -> None:
    with system_access():
        row = agreed(lease)
        room = first_room(row)
        remark = services.add_remark(room, CAUSED, picture=pictures.judged(picture()))
        photo = remark.photos.get()
        reading = services.record_reading(meter, Decimal(10), on=TODAY, today=TODAY, inspection=row)
        row = signed(row)
        fresh = Remark(room=room, part="Katto", condition="good", cause="wear")
        remark.text, row.tenant_present, room.name, reading.value, photo.width = (
            "Muu", False, "Muu", Decimal(11), 1
        )  # fmt: skip
        for change in (remark.save, row.save, room.save, reading.save, photo.save, fresh.save,
                       row.delete, remark.delete, photo.delete, reading.delete):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
        photo.refresh_from_db()
        photo.file.name = "ab/uusi"
        photo.save(update_fields=["file"])  # a key was changed, the picture was not


def test_the_flat_is_that_of_the_lease(lease: Lease, stair: Stair) -> None:
    with system_access(), pytest.raises(IntegrityError):
        Inspection.objects.create(
            lease=lease, flat=make_flat(stair, 9), kind=Kind.MOVE_IN, agreed_at=AT
        )


def test_a_withdrawn_notice_cancels_the_inspection_it_led_to(lease: Lease) -> None:
    with system_access():
        notice = of_leases.record_notice(
            lease, NoticeDetails(document=Document.TENANT_NOTICE), today=TODAY
        )
        of_leases.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        agreed(lease)
        agreed(lease, Kind.MOVE_OUT)
        of_leases.withdraw(notice, on=TODAY, today=TODAY)
        out, moved_in = Inspection.objects.order_by("-kind")
        assert (out.kind, out.state) == ("move_out", State.CANCELLED)
        assert out.cancel_reason == "Irtisanominen peruttiin"
        assert moved_in.state is State.AGREED


def test_what_was_inspected_stays_though_the_notice_is_withdrawn(lease: Lease) -> None:
    with system_access():
        notice = of_leases.record_notice(
            lease, NoticeDetails(document=Document.TENANT_NOTICE), today=TODAY
        )
        of_leases.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        finished(agreed(lease, Kind.MOVE_OUT))
        of_leases.withdraw(notice, on=TODAY, today=TODAY)
        assert Inspection.objects.get().state is State.DONE


def test_pictures_are_ciphertext_at_rest(lease: Lease) -> None:
    with system_access():
        remark = services.add_remark(first_room(agreed(lease)), CAUSED)
        kept = pictures.judged(picture())
        photo = services.add_photo(remark, kept)
        stored = storages["default"]
        with stored.open(str(photo.file.name)) as file:
            raw = file.read()
        assert raw[:4] == b"VKF1" and kept.content[:64] not in raw
        assert b"JFIF" not in raw
        with photo.file.open() as file:
            assert file.read() == kept.content


def test_who_has_no_right_does_not_inspect(lease: Lease) -> None:
    clerk = make_user(StaffRole.TAL)
    actor = Actor(key="user:1", user_id=clerk.pk, roles=frozenset({StaffRole.TAL}), name="")
    with system_access():
        row = agreed(lease)
    with system_access(actor), pytest.raises(PermissionDenied):
        services.cancel(row, "", today=TODAY)


# -- readings ------------------------------------------------------------------------------------


def test_a_reading_belongs_to_the_lease_of_its_day(lease: Lease, meter: Meter) -> None:
    with system_access():
        before = services.record_reading(meter, Decimal(5), on=date(2023, 1, 1), today=TODAY)
        now = services.record_reading(meter, Decimal("7.5"), on=TODAY, today=TODAY)
        assert (before.lease_id, now.lease_id) == (None, lease.pk)


def test_a_meter_does_not_go_backwards(lease: Lease, meter: Meter) -> None:
    with system_access():
        services.record_reading(meter, Decimal(100), on=TODAY - 10 * DAY, today=TODAY)
        for value, on in ((Decimal(99), TODAY), (Decimal(101), TODAY - 20 * DAY)):
            with pytest.raises(ValidationError, match="mittari on vaihdettu"):
                services.record_reading(meter, value, on=on, today=TODAY)
        services.record_reading(meter, Decimal(100), on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match="jo kirjattu"):
            services.record_reading(meter, Decimal(101), on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match="tulevaisuudessa"):
            services.record_reading(meter, Decimal(101), on=TODAY + DAY, today=TODAY)


def test_a_changed_meter_begins_anew(lease: Lease, flat: Flat, meter: Meter) -> None:
    with system_access():
        services.record_reading(meter, Decimal(900), on=TODAY - 3 * DAY, today=TODAY)
        remove_meter(meter, on=TODAY - 2 * DAY, today=TODAY)
        new = Meter.objects.create(
            flat=flat, kind=meter.kind, serial="V-78", installed_on=TODAY - 2 * DAY
        )
        assert services.record_reading(new, Decimal(0), on=TODAY, today=TODAY).pk
        with pytest.raises(ValidationError, match="asennettuna"):
            services.record_reading(meter, Decimal(901), on=TODAY, today=TODAY)


def test_a_reading_of_another_flat_is_not_of_the_inspection(
    lease: Lease, stair: Stair, other: Person, meter: Meter
) -> None:
    with system_access():
        elsewhere = agreed(concluded(make_flat(stair, 9), other))
        with pytest.raises(ValidationError, match="toisen huoneiston"):
            services.record_reading(meter, Decimal(1), on=TODAY, today=TODAY, inspection=elsewhere)
        assert not Reading.objects.exists()
