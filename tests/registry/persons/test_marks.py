"""Death, restriction of processing and legal hold: who is contacted, what the card shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from registry.persons import effects, queries, rules, services, standing
from registry.persons.models import (
    AddressKind,
    ContactKind,
    Ground,
    Mark,
    MarkKind,
    Person,
    Source,
    TieKind,
)
from registry.persons.queries import marks
from registry.persons.services import PostalAddress
from registry.persons.services import marks as marking
from registry.persons.services.standing import record_tie
from tests.people import make_user, system_access
from tests.registry.persons.conftest import TODAY, SignedIn
from vuokra.access.context import current
from vuokra.access.errors import FunctionDenied
from vuokra.policy.roles import Role
from vuokra.rules.models import RuleVersion
from vuokra.rules.registry import Proposed

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
        assert marks.standing_of(person, today=TODAY).may_be_contacted
        die(person)
        again = Person.objects.get(pk=person.pk)
        assert not marks.standing_of(again, today=TODAY).may_be_contacted


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
        for day, may in (
            (TODAY, False), (TODAY + timedelta(days=1), True), (DIED - timedelta(days=1), True),
        ):  # fmt: skip
            assert marks.standing_of(person, today=day).may_be_contacted is may


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


# -- review of holds ---------------------------------------------------------------------------

HELD_SINCE = date(2026, 11, 22)


def hold(person: Person, **given: object) -> Mark:
    values = {"valid_from": HELD_SINCE, "matter": "T-17/2026 50 %"} | given
    return marking.add_mark(person, MarkKind.LEGAL_HOLD, Ground.DISPUTE, **values)  # type: ignore[arg-type]


def test_DP_RT13_a_hold_is_reviewed_within_half_a_year(person: Person) -> None:
    with system_access():
        mark = hold(person)
        ((found, due),) = marks.holds_to_review(today=HELD_SINCE)
        assert (found, due) == (mark, date(2027, 5, 22))
        (row,) = standing.to_review(current().actor, HELD_SINCE)
        assert (row.due, row.person_id) == (date(2027, 5, 22), person.pk)
        assert "T-17/2026 50 %" in str(row.facts)
        marking.review_hold(mark, today=date(2027, 5, 20))
        ((_, due),) = marks.holds_to_review(today=date(2027, 5, 20))
        assert due == date(2027, 11, 20)
        assert RuleVersion.objects.get(key="retention.hold_review").used_at is not None


def test_a_hold_that_is_over_or_ends_by_itself_is_not_reviewed(person: Person) -> None:
    with system_access():
        mark = hold(person, valid_to=date(2027, 5, 22))
        assert not marks.holds_to_review(today=HELD_SINCE)
        mark.valid_to = date(2027, 5, 23)
        mark.save()
        assert marks.holds_to_review(today=HELD_SINCE)
        assert not marks.holds_to_review(today=date(2027, 5, 24))


def test_the_registrar_reviews_a_hold_of_the_work_queue(
    signed_in: SignedIn, person: Person
) -> None:
    today = timezone.localdate()
    with system_access():
        mark = hold(person, valid_from=today - timedelta(days=200))
    client = signed_in("REK")
    address = f"/henkilot/{person.public_id}/merkinta/{mark.pk}/tarkistus/"
    assert address in client.get("/").content.decode()
    for wrong in ({}, {"outcome": "over"}, {"outcome": "on", "last_day": "1.12.2026"}):
        assert client.post(address, wrong).status_code == 422
    assert client.post(address, {"outcome": "on"}).status_code == 302
    with system_access():
        mark.refresh_from_db()
        assert (mark.reviewed_on, mark.valid_to) == (today, None)
    ends = {"outcome": "over", "last_day": f"{today.day}.{today.month}.{today.year}"}
    assert client.post(address, ends).status_code == 302
    with system_access():
        mark.refresh_from_db()
        assert mark.valid_to == today
    assert signed_in("SOP").get(address).status_code == 403


def test_only_a_hold_is_reviewed_and_not_before_it_began(person: Person) -> None:
    with system_access():
        other = restrict(person, valid_from=TODAY)
        other.reviewed_on = TODAY
        with pytest.raises(IntegrityError, match="persons_mark_reviewed"), transaction.atomic():
            other.save()
        mark = hold(person, valid_from=TODAY + timedelta(days=2))
        with pytest.raises(ValidationError) as refused:
            marking.review_hold(mark, today=TODAY)
        assert refused.value.code == "persons_mark_reviewed"


def test_a_hold_of_one_to_whom_the_user_is_tied_is_another_s_to_review(person: Person) -> None:
    from tests.registry.persons.test_standing import acting

    registrar = make_user(Role.REK)
    with system_access():
        hold(person, valid_from=TODAY)
    with acting(registrar):
        assert marks.holds_to_review(today=TODAY)
    with system_access():
        record_tie(person, registrar.pk, TieKind.OWN, valid_from=TODAY)
    with acting(registrar):
        assert not marks.holds_to_review(today=TODAY)


def test_another_interval_tells_how_many_reviews_would_move(person: Person) -> None:
    with system_access():
        hold(person)
        later = Proposed(3, HELD_SINCE + timedelta(days=1), None, HELD_SINCE)
        assert effects.hold_review(later) == ["Minkään säilytyspidon tarkistuspäivä ei muuttuisi."]
        (text,) = effects.hold_review(Proposed(3, HELD_SINCE, None, HELD_SINCE))
        assert text == "1 säilytyspito tarkistettaisiin toisena päivänä, 22.2.2027."


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
    from tests.registry.persons.test_standing import acting

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
