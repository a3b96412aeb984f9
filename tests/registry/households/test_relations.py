"""Relations between people: services, constraints, rights, what is sealed and opened."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from registry.households import queries, services
from registry.households.models import (
    Commitment,
    CommitmentKind,
    Guardian,
    TrusteeKind,
    Trusteeship,
)
from registry.households.services import Other, Validity
from registry.persons.models import (
    Person,
    Source,
)
from registry.persons.rule_rows import MAJORITY
from tests.people import system_access
from tests.registry.households.conftest import BORN, TODAY, SignedIn, events, named
from vuokra.access.codes import Action, Outcome
from vuokra.access.models import ChangeEntry
from vuokra.rules.services import add_version

SINCE = dt.date(2026, 3, 1)
LAST = dt.date(2037, 2, 6)
SINCE_THEN = Validity(SINCE, Source.POPULATION_REGISTER)
OFFICE = Other(organisation="Hillakosken edunvalvontatoimisto", contact="049 123 9876")
DECISION, EXTENT = "Hillakosken käräjäoikeus H 26/1234", "Taloudelliset asiat"
pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(ValidationError, check=lambda e: e.code == code)


def guardian(child: Person, other: Person, validity: Validity = SINCE_THEN) -> Guardian:
    return services.add_guardian(child, Other(other), validity, today=TODAY)


def trusteeship(person: Person, other: Other = OFFICE) -> Trusteeship:
    return services.add_trusteeship(
        person, TrusteeKind.GUARDIANSHIP, other, SINCE_THEN, decision=DECISION, extent=EXTENT
    )


def commitment(
    person: Person, other: Other, kind: CommitmentKind = CommitmentKind.GUARANTOR
) -> Commitment:
    return services.add_commitment(person, kind, other, SINCE_THEN)


# --- guardians of a child -------------------------------------------------------------------


def test_guardian_ends_the_day_before_the_child_comes_of_age(child: Person, adult: Person) -> None:
    with system_access():
        assert guardian(child, adult).valid_to == LAST
        assert [g.other_id for g in queries.guardians_of(child, TODAY)] == [adult.pk]
        assert [g.person_id for g in queries.wards_of(adult, LAST)] == [child.pk]
        assert queries.guardians_of(child, LAST + dt.timedelta(days=1)) == []


def test_guardian_may_not_outlast_childhood_whoever_asks(child: Person, adult: Person) -> None:
    with system_access():
        found = guardian(child, adult)
        with refused("households_guardian_of_a_minor"):
            services.end_relation(found, last_day=LAST + dt.timedelta(days=1))
        row = Guardian(
            person=child, other=adult, valid_from=TODAY, valid_to=LAST.replace(year=2040)
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_guardian_is_of_age_whoever_asks(child: Person) -> None:
    with system_access():
        young = named("Aarnivuori", "Pilvi", dt.date(2010, 1, 1))
        with refused("households_guardian_of_age"):
            guardian(child, young)
        row = Guardian(person=child, other=young, valid_from=TODAY, valid_to=TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_childhood_is_as_long_as_the_law_of_its_day_says(child: Person, adult: Person) -> None:
    with system_access():
        add_version(MAJORITY, 17, SINCE, source="Tuleva laki")
        last = LAST.replace(year=LAST.year - 1)
        found = guardian(child, adult)
        assert found.valid_to == last
        with refused("households_guardian_of_a_minor"):
            services.end_relation(found, last_day=LAST)


def test_adult_has_no_guardian_of_a_child(person: Person, adult: Person) -> None:
    with system_access(), refused("households_guardian_of_a_minor"):
        guardian(adult, person)


def test_history_of_guardians_closes_when_the_child_comes_of_age(
    child: Person, adult: Person
) -> None:
    with system_access():
        guardian(child, adult)
        assert list(queries.guardianship_events(child, LAST)) != []
        assert list(queries.guardianship_events(child, LAST + dt.timedelta(days=1))) == []


# --- what holds of every relation -----------------------------------------------------------


def test_nobody_stands_in_a_relation_to_oneself(person: Person) -> None:
    with system_access(), refused("registry_households_commitment_not_self"):
        commitment(person, Other(person))


def test_one_relation_of_a_kind_at_a_time(person: Person, adult: Person) -> None:
    with system_access():
        first = commitment(person, Other(adult))
        with refused("households_commitment_once"):
            commitment(person, Other(adult))
        commitment(person, Other(adult), CommitmentKind.PAYER)
        services.end_relation(first, last_day=SINCE)
        later = Validity(SINCE + dt.timedelta(days=1), Source.PERSON)
        services.add_commitment(person, CommitmentKind.GUARANTOR, Other(adult), later)


def test_other_end_is_one_person_or_one_organisation(person: Person, adult: Person) -> None:
    with system_access():
        with refused("no_other"):
            commitment(person, Other())
        with refused("two_others"):
            commitment(person, Other(adult, "Hillakosken kunta"))
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment(person=person, kind=CommitmentKind.PAYER, valid_from=TODAY).save()


def test_days_stand_in_order(person: Person, adult: Person) -> None:
    with system_access():
        found = commitment(person, Other(adult))
        with refused("registry_households_commitment_dates"):
            services.end_relation(found, last_day=SINCE - dt.timedelta(days=1))


def test_DP_A12_code_in_the_words_of_a_relation_is_refused(person: Person) -> None:
    with system_access(), refused("hetu_in_text"):
        commitment(person, Other(organisation="Takaaja 150685-906N"))


def test_guarantors_and_payers_today(person: Person, adult: Person, child: Person) -> None:
    with system_access():
        ended = commitment(person, Other(child))
        services.end_relation(ended, last_day=SINCE)
        commitment(person, Other(adult))
        commitment(adult, OFFICE, CommitmentKind.PAYER)
        commitment(adult, Other(person), CommitmentKind.ESTATE)
        found = Person.objects.filter(pk__in=queries.guarantors_and_payers(TODAY))
        assert [one.pk for one in found] == [adult.pk]


def test_mistake_is_taken_away(person: Person, adult: Person) -> None:
    with system_access():
        services.remove_relation(commitment(person, Other(adult)))
        assert not queries.commitments(person, TODAY).any


def test_related_people_are_not_merged(person: Person, adult: Person, child: Person) -> None:
    with system_access():
        commitment(person, Other(adult))
        assert services.related_people(adult, person)
        assert services.related_people(child, person) is None


def test_change_log_holds_nothing_of_a_trusteeship(person: Person, adult: Person) -> None:
    with system_access():
        trusteeship(person)
        trusteeship(person, Other(adult))
        logged = ChangeEntry.objects.filter(content_type__model="trusteeship")
        assert logged.count() == 2
        texts = " ".join(str(entry.changes_dict) for entry in logged)
    for word in ("käräjäoikeus", "Taloudelliset", "edunvalvontatoimisto", "9876"):
        assert word not in texts


# --- pages ----------------------------------------------------------------------------------


def card_of(person: Person) -> str:
    return f"/henkilot/{person.public_id}/"


@pytest.mark.parametrize("role", ["HAK", "SOP", "TAL", "PER", "VAL", "HUO", "ASN", "REK", "JOH"])
def test_card_shows_relations_by_the_rights(
    signed_in: SignedIn, person: Person, adult: Person, role: str
) -> None:
    with system_access():
        trusteeship(person, Other(adult))
        guarantor = named("Ruskaniemi", "Oona", dt.date(1979, 1, 1))
        commitment(person, Other(guarantor))
    text = signed_in(role).get(card_of(person)).content.decode()
    assert ("Aarnivuori" in text) is (role in ("HAK", "SOP"))
    assert ("Edustajat" in text) is (role in ("HAK", "SOP", "TAL", "PER"))
    assert ("Ruskaniemi" in text) is (role in ("SOP", "TAL", "PER"))
    assert "käräjäoikeus" not in text
    shown = events()[-1].subjects
    assert (adult.pk in shown) is (role in ("HAK", "SOP"))
    assert (guarantor.pk in shown) is (role in ("SOP", "TAL", "PER"))


def test_ward_is_a_number_on_the_card_and_named_on_the_page(
    signed_in: SignedIn, child: Person, adult: Person
) -> None:
    with system_access():
        guardian(child, adult, Validity(TODAY, Source.PERSON))
    client = signed_in("SOP")
    card = client.get(card_of(adult)).content.decode()
    assert "Huollettavana" in card
    assert "Untuva" not in card
    assert child.pk not in events()[-1].subjects
    assert "Untuva" in client.get(f"{card_of(adult)}ruokakunta/").content.decode()
    assert "Untuva" not in signed_in("VAL").get(f"{card_of(adult)}ruokakunta/").content.decode()


@pytest.mark.parametrize("role", ["HAK", "SOP", "TAL", "PER"])
@pytest.mark.parametrize(
    ("name", "value"),
    [("decision", DECISION), ("extent", EXTENT), ("organisation", OFFICE.organisation),
     ("contact", OFFICE.contact)],
)  # fmt: skip
def test_sealed_parts_open_for_a_reason_and_are_recorded(
    signed_in: SignedIn, person: Person, role: str, name: str, value: str
) -> None:
    with system_access():
        row = trusteeship(person)
    client = signed_in(role)
    address = f"{card_of(person)}edunvalvonta/{row.pk}/{name}/"
    page = client.post(address, {"reason_text": "Päämiehen lasku"}, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert value in page.content.decode()
    event = events()[-1]
    assert (event.action, event.subjects) == (Action.REVEAL, [person.pk])
    assert value not in str(event.detail)
    assert value not in client.get(card_of(person)).content.decode()


@pytest.mark.parametrize("role", ["TAL", "PER", "SOP"])
def test_trustee_of_the_register_is_opened_one_by_one(
    signed_in: SignedIn, person: Person, adult: Person, role: str
) -> None:
    with system_access():
        row = trusteeship(person, Other(adult))
        office = trusteeship(adult)
    client = signed_in(role)
    address = f"{card_of(person)}edunvalvonta/{row.pk}/other/"
    page = client.post(address, {"reason_text": "Vuokralasku"}, headers={"HX-Request": "true"})
    assert "Aarnivuori Saimi" in page.content.decode()
    event = events()[-1]
    assert (event.action, set(event.subjects)) == (Action.REVEAL, {person.pk, adult.pk})
    assert client.post(address).status_code == 404
    other = f"{card_of(adult)}edunvalvonta/{office.pk}/other/"
    assert client.post(other, {"reason_text": "Vuokralasku"}).status_code == 404


def test_sealed_parts_do_not_open_without_a_reason(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        row = trusteeship(person)
    page = signed_in("SOP").post(f"{card_of(person)}edunvalvonta/{row.pk}/decision/")
    assert page.status_code == 404
    assert events()[-1].outcome == Outcome.DENIED
    assert "käräjäoikeus" not in page.content.decode()


@pytest.mark.parametrize("role", ["VAL", "HUO", "ASN", "REK", "JOH", "MAR", "TAR", "PAA"])
def test_sealed_parts_do_not_open_for_other_roles(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    with system_access():
        row = trusteeship(person)
    page = signed_in(role).post(
        f"{card_of(person)}edunvalvonta/{row.pk}/decision/", {"reason_text": "uteliaisuus"}
    )
    assert page.status_code == 403


@pytest.mark.parametrize("name", ["uuid", "kind", "person", "recorded_at"])
def test_only_sealed_parts_are_opened(signed_in: SignedIn, person: Person, name: str) -> None:
    with system_access():
        row = trusteeship(person)
    page = signed_in("SOP").post(
        f"{card_of(person)}edunvalvonta/{row.pk}/{name}/", {"reason_text": "kokeilu"}
    )
    assert page.status_code == 404


def test_DP_A4_relation_of_another_person_is_not_found(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    with system_access():
        row = trusteeship(person)
    client = signed_in("SOP")
    base = f"{card_of(adult)}edunvalvonta/{row.pk}/"
    assert client.get(base).status_code == 404
    assert client.post(f"{base}decision/", {"reason_text": "kokeilu"}).status_code == 404


def posted(**given: str) -> dict[str, str]:
    return {
        "q": "", "searched": "", "organisation": "", "contact": "", "valid_from": "1.3.2026",
        "valid_to": "", "source": "SRC-DVV",
    } | given  # fmt: skip


def test_relations_are_added_and_ended_on_pages(
    signed_in: SignedIn, person: Person, adult: Person, child: Person
) -> None:
    client = signed_in("SOP")
    kinds = {
        "huoltajat": (child, posted(chosen=adult.public_id)),
        "edunvalvonta": (
            person,
            posted(organisation="Toimisto", kind="mandate", decision=DECISION, extent=EXTENT),
        ),
        "maksajat": (person, posted(chosen=adult.public_id, kind="guarantor")),
    }
    for part, (whose, data) in kinds.items():
        page = client.post(f"{card_of(whose)}{part}/uusi/", data)
        assert page.status_code == 302, part
    with system_access():
        rows = {
            "huoltajat": Guardian.objects.get(),
            "edunvalvonta": Trusteeship.objects.get(),
            "maksajat": Commitment.objects.get(),
        }
    for part, row in rows.items():
        address = f"{card_of(kinds[part][0])}{part}/{row.pk}/"
        assert client.get(address).status_code == 200
        assert client.post(address, {"last_day": "1.1.2026"}).status_code == 422, part
        assert client.post(address, {"last_day": "1.6.2026"}).status_code == 302, part
        assert client.post(address, {"remove": "1"}).status_code == 302, part


def test_form_keeps_what_was_typed_when_it_searches(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    data = posted(q="aarniv", contact="Rantakatu 5", kind="payer", search="1")
    text = signed_in("SOP").post(f"{card_of(person)}maksajat/uusi/", data).content.decode()
    assert "Aarnivuori" in text
    assert 'value="Rantakatu 5"' in text
    assert '<option value="payer" selected>' in text


def test_refused_relation_says_why_and_keeps_what_was_typed(
    signed_in: SignedIn, adult: Person, person: Person
) -> None:
    page = signed_in("SOP").post(
        f"{card_of(adult)}huoltajat/uusi/", posted(chosen=person.public_id)
    )
    assert page.status_code == 422
    assert "vain alaikäiselle" in page.content.decode()
    with system_access():
        assert not Guardian.objects.exists()


def test_timeline_tells_of_relations_by_the_rights(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    with system_access():
        commitment(person, Other(adult))
        trusteeship(person)
    seen = {
        role: signed_in(role).get(card_of(person)).content.decode()
        for role in ("SOP", "TAL", "VAL")
    }
    assert {role for role, text in seen.items() if "Takaaja voimaan" in text} == {"SOP", "TAL"}
    assert {role for role, text in seen.items() if "Edunvalvonta voimaan" in text} == {"SOP"}


def test_child_is_of_the_present_day(child: Person) -> None:
    """The fixtures' child is under age on the days that services and pages use."""
    assert BORN.replace(year=BORN.year + 18) > max(TODAY, timezone.localdate())
