"""Death, restriction of processing and legal hold: who is contacted, what the card shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from registry.persons import queries, rules, services
from registry.persons.models import (
    AddressKind,
    ContactKind,
    Ground,
    Mark,
    MarkKind,
    Person,
    Source,
)
from registry.persons.queries import marks
from registry.persons.services import PostalAddress
from registry.persons.services import marks as marking
from tests.people import system_access
from tests.registry.persons.conftest import TODAY, SignedIn, invented
from vuokra.access.errors import FunctionDenied

DIED = date(2026, 10, 3)


def die(person: Person, day: date = DIED) -> Mark:
    return marking.record_death(person, day, source=Source.POPULATION_REGISTER, today=TODAY)


def restrict(person: Person, **given: object) -> Mark:
    values = {"valid_from": DIED} | given
    return marking.add_mark(person, MarkKind.RESTRICTION, Ground.ACCURACY, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("died_on", "restricted", "may"),
    [(None, False, True), (DIED, False, False), (None, True, False), (DIED, True, False)],
)
def test_DP_A59_the_rule_of_contacting(died_on: date | None, restricted: bool, may: bool) -> None:
    assert rules.may_be_contacted(died_on=died_on, restricted=restricted) is may


def test_DP_A59_nothing_is_sent_to_the_dead(person: Person) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
        assert marks.contactable([person.pk, other.pk], today=TODAY) == {person.pk, other.pk}
        die(person)
        assert marks.contactable([person.pk, other.pk], today=TODAY) == {other.pk}
        assert not marks.standing_of(person, today=TODAY).may_be_contacted


def test_DP_A35_one_whose_processing_is_restricted_is_left_out_while_it_lasts(
    person: Person,
) -> None:
    with system_access():
        mark = restrict(person)
        for told_on in (None, TODAY + timedelta(days=1)):
            with pytest.raises(ValidationError) as refused, transaction.atomic():
                marking.end_mark(mark, last_day=TODAY, told_on=told_on)
            assert refused.value.code == "persons_mark_end_told"
        marking.end_mark(mark, last_day=TODAY, told_on=TODAY)
        assert marks.contactable([person.pk], today=TODAY) == set()
        assert marks.contactable([person.pk], today=TODAY + timedelta(days=1)) == {person.pk}
        assert marks.contactable([person.pk], today=DIED - timedelta(days=1)) == {person.pk}


def test_DP_A59_contact_details_of_the_dead_are_not_offered(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    assert "Koulukatu" in client.get("/henkilot/").content.decode()
    page = client.post(
        f"/henkilot/{person.public_id}/kuolema/", {"died_on": "3.10.2026", "source": "SRC-DVV"}
    )
    assert page.status_code == 302
    assert "Koulukatu" not in client.get("/henkilot/").content.decode()
    text = client.get(f"/henkilot/{person.public_id}/").content.decode()
    assert "Ei voimassa olevia yhteystietoja." in text
    assert "Henkilö on kuollut." in text
    assert "Kuolinpäivä 3.10.2026" in text


def test_DP_A59_no_contact_details_are_taken_for_the_dead(person: Person) -> None:
    with system_access():
        die(person)
        with pytest.raises(ValidationError, match="kuollut"):
            services.add_contact_point(
                person, ContactKind.PHONE, "0491234567", source=Source.PERSON, valid_from=TODAY
            )
        with pytest.raises(ValidationError, match="kuollut"):
            services.add_address(
                person, AddressKind.POSTAL, PostalAddress("Koskikatu 1", "97999", "Hillakoski"),
                source=Source.PERSON, valid_from=TODAY,
            )  # fmt: skip


def test_a_death_is_corrected_and_taken_back(signed_in: SignedIn, person: Person) -> None:
    client, address = signed_in("HAK"), f"/henkilot/{person.public_id}/kuolema/"
    client.post(address, {"died_on": "3.10.2026", "source": "SRC-DVV"})
    assert "3.10.2026" in client.get(address).content.decode()
    client.post(address, {"died_on": "4.10.2026", "source": "SRC-DVV"})
    with system_access():
        assert Mark.objects.get().valid_from == date(2026, 10, 4)
    client.post(address, {"died_on": "4.10.2026", "source": "SRC-DVV", "mistake": "on"})
    with system_access():
        assert not Mark.objects.exists()
        details = queries.contact_details(Person.objects.get(), today=TODAY)
        assert len(details.present) == 3


def test_a_death_ahead_is_refused_at_its_field(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").post(
        f"/henkilot/{person.public_id}/kuolema/", {"died_on": "1.1.2099", "source": "SRC-DVV"}
    )
    assert page.status_code == 422
    assert "Kuolinpäivä on tulevaisuudessa." in page.content.decode()


def test_restriction_and_hold_are_badges_with_their_ground(
    signed_in: SignedIn, person: Person
) -> None:
    client, card = signed_in("REK"), f"/henkilot/{person.public_id}/"
    for ground in ("dispute", "18-1-a"):
        page = client.post(
            f"{card}merkinta/",
            {"ground": ground, "matter": "T-17/2026", "valid_from": "1.10.2026", "valid_to": ""},
        )
        assert page.status_code == 302
    client.post(f"{card}rajoitettu/", {"ground": "request", "reason_text": "Pyyntö"})
    text = client.get(card).content.decode()
    for words in ("Käsittelyä rajoitettu", "Säilytyspito", "T-17/2026",
                  "Tietojen oikeellisuus on kiistetty"):  # fmt: skip
        assert words in text
    with system_access():
        hold = Mark.objects.get(kind=MarkKind.LEGAL_HOLD)
        assert marks.on_hold(person, today=TODAY)
    assert client.post(f"{card}merkinta/{hold.pk}/", {"last_day": "2.10.2026"}).status_code == 302
    with system_access():
        assert not marks.on_hold(person, today=TODAY)


@pytest.mark.parametrize("role", ["SOP", "HAK", "VAL", "TAL", "JOH"])
def test_only_the_data_protection_role_restricts(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    assert signed_in(role).get(f"/henkilot/{person.public_id}/merkinta/").status_code == 403


def test_a_hetu_is_refused_as_the_number_of_a_matter(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("REK").post(
        f"/henkilot/{person.public_id}/merkinta/",
        {"ground": "dispute", "matter": "150685-906N", "valid_from": "1.10.2026", "valid_to": ""},
    )
    assert page.status_code == 422
    assert "Tekstissä on henkilötunnus" in page.content.decode()


def test_the_same_mark_twice_at_a_time_is_refused(person: Person) -> None:
    with system_access():
        restrict(person)
        with pytest.raises(ValidationError, match="jo sama merkintä"):
            restrict(person)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "deceased", "source": ""},
        {"kind": "deceased", "source": "SRC-DVV", "ground": "dispute"},
        {"kind": "deceased", "source": "SRC-DVV", "valid_to": DIED},
        {"kind": "restriction", "ground": "dispute"},
        {"kind": "legal_hold", "ground": "18-1-a"},
        {"kind": "legal_hold", "ground": "dispute", "valid_to": DIED - timedelta(days=1)},
    ],
)
def test_marks_that_the_database_refuses(person: Person, wrong: dict[str, object]) -> None:
    values = {"valid_from": DIED} | wrong
    with system_access(), pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(person=person, **values)


def test_the_service_refuses_a_ground_of_another_kind(person: Person) -> None:
    with system_access(), pytest.raises(ValidationError, match="oma peruste"):
        marking.add_mark(person, MarkKind.LEGAL_HOLD, Ground.ACCURACY, valid_from=DIED)


def test_services_refuse_roles_without_the_right(person: Person) -> None:
    from tests.people import make_user
    from tests.registry.persons.test_standing import acting
    from vuokra.policy.roles import Role

    clerk = make_user(Role.SOP)
    with pytest.raises(FunctionDenied), acting(clerk):
        restrict(person)


def test_a_country_of_digits_is_told_in_words_without_a_form(person: Person) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        services.add_address(
            person, AddressKind.POSTAL, PostalAddress("Koskikatu 1", "97999", "Hillakoski", "12"),
            source=Source.PERSON, valid_from=TODAY,
        )  # fmt: skip
    assert refused.value.message_dict == {
        "country": ["Kirjoita maan tunnus kahdella kirjaimella, esimerkiksi FI."]
    }


def test_a_detail_that_is_to_come_says_from_when(signed_in: SignedIn, person: Person) -> None:
    first = timezone.localdate() + timedelta(days=9)
    with system_access():
        services.add_contact_point(
            person, ContactKind.PHONE, "0491234567", source=Source.PERSON, valid_from=first
        )
    text = signed_in("SOP").get(f"/henkilot/{person.public_id}/").content.decode()
    assert f"alkaen {first.day}.{first.month}.{first.year}" in text
