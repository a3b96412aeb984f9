"""When two records may be of one person, and whom the form of a new person hints at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.persons import queries, services
from registry.persons.likeness import Ground, Traits, likeness, traits
from registry.persons.models import IdentityKind, Person
from registry.persons.services import Code, Names
from tests.people import system_access
from tests.registry.persons.conftest import TODAY, SignedIn

BORN, OTHER_DAY = date(1985, 6, 15), date(1985, 6, 16)
PHONE = frozenset({"+358491234567"})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Aarnilinna", "Veikko", BORN), ("Aarnilinna", "Veikko Saimi", BORN),
         {Ground.BIRTH_NAME, Ground.GIVEN_MISSING}),
        (("Aarnilinna", "Veikko", None), ("Aarnilinna", "Veikko Saimi", BORN),
         {Ground.GIVEN_MISSING}),
        (("Mäkelä", "Jörgen", None), ("MAKELA", "jorgen", None), {Ground.SAME_NAME}),
        (("Mäkelä", "Jörgen", BORN), ("Mäkelä", "Jörgen", OTHER_DAY), set()),
        (("Mäkelä", "Aino Maria", BORN), ("Mäkelä", "Maria Helena", BORN), {Ground.BIRTH_NAME}),
        (("Mäkelä", "Aino Maria", None), ("Mäkelä", "Maria Helena", None), set()),
        (("Veikko", "Aarnilinna", None), ("Aarnilinna", "Veikko", BORN), {Ground.SWAPPED}),
        (("Veikko", "Aarnilinna", BORN), ("Aarnilinna", "Veikko", OTHER_DAY), set()),
        (("Aalto", "Aalto", None), ("Aalto", "Aalto", None), {Ground.SAME_NAME}),
        (("Laine-Virta", "Anna-Liisa", None), ("Virta Laine", "Anna Liisa", None),
         {Ground.SAME_NAME}),
        (("Aalto", "Aino", BORN), ("Aho", "Aino", BORN), set()),
        (("", "Aino", BORN), ("", "Aino", BORN), set()),
    ],
)  # fmt: skip
def test_likeness(
    one: tuple[str, str, date | None],
    other: tuple[str, str, date | None],
    expected: set[Ground],
) -> None:
    assert likeness(traits(*one), traits(*other)) == expected


def test_a_shared_telephone_needs_a_surname_and_more() -> None:
    parent = traits("Salo", "Aino", BORN, PHONE)
    assert likeness(parent, traits("Salo", "Eero", OTHER_DAY, PHONE)) == set()
    assert likeness(parent, traits("Salo", "Eero", None, PHONE)) == {Ground.CONTACT}
    assert likeness(parent, traits("Salo", "Aino", OTHER_DAY, PHONE)) == {Ground.CONTACT}
    assert likeness(parent, traits("Aho", "Aino", BORN, PHONE)) == set()


TRAITS = st.builds(
    Traits,
    st.frozensets(st.sampled_from("abc"), max_size=2),
    st.frozensets(st.sampled_from("abc"), max_size=2),
    st.sampled_from([None, BORN, OTHER_DAY]),
    st.frozensets(st.sampled_from("xy"), max_size=1),
)


@given(TRAITS, TRAITS)
def test_likeness_has_no_direction(one: Traits, other: Traits) -> None:
    assert likeness(one, other) == likeness(other, one)


def register(surname: str, given_names: str, born: date | None = BORN) -> Person:
    identity = Code(IdentityKind.BIRTH_DATE, birth_date=born) if born else None
    return services.register_person(Names(surname, given_names), today=TODAY, identity=identity)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("surname", "given_names", "born", "hinted"),
    [
        ("Aarnilinna", "Veikko", BORN, True),
        ("Aarnilinna", "Veikko", None, True),
        ("aarnilinna", "veikko saimi", BORN, True),
        ("Veikko Saimi", "Aarnilinna", None, True),
        ("Aarnilinna", "Saimi Orvokki", BORN, True),
        ("Aarnilinna", "Saimi Orvokki", None, False),
        ("Aarnilinna", "Veikko Saimi", OTHER_DAY, False),
        ("Aarnivuori", "Veikko Saimi", BORN, False),
    ],
)
def test_DP_A14_namesakes_are_hinted_at(
    surname: str, given_names: str, born: date | None, hinted: bool
) -> None:
    with system_access():
        person = register("Aarnilinna", "Veikko Saimi")
        found = queries.similar_persons(surname, given_names, born)
    assert found == ([person] if hinted else [])


@pytest.mark.django_db
def test_DP_A14_form_of_a_new_person_shows_the_namesake(signed_in: SignedIn) -> None:
    with system_access():
        register("Aarnilinna", "Veikko Saimi")
    form = {
        "person-surname": "Aarnilinna", "person-given_names": "Veikko", "person-language": "fi",
        "identity-kind": "birth_date", "identity-birth_date": "15.6.1985",
    }  # fmt: skip
    page = signed_in("SOP").post("/henkilot/uusi/", form)
    assert page.status_code == 200
    assert "on jo rekisterissä" in page.content.decode()
    with system_access():
        assert Person.objects.filter(surname="Aarnilinna").count() == 1


@pytest.fixture
def merged_pair(db: None) -> tuple[Person, Person]:
    """A person, and a record that was merged into it."""
    with system_access():
        survivor, merged = register("Aarnilinna", "Veikko Saimi"), register("Aarnilinna", "Veikko")
        merged.merged_into = survivor
        merged.save()
    return survivor, merged


def test_a_merged_record_is_in_no_list_and_its_number_finds_the_survivor(
    merged_pair: tuple[Person, Person],
) -> None:
    survivor, merged = merged_pair
    with system_access():
        page = queries.person_list(queries.Filters(), 1, today=TODAY)
        assert [row.person.pk for row in page.object_list] == [survivor.pk]
        for text in ("Aarnilinna", str(merged.customer_number)):
            assert [person.pk for person in queries.find(text, today=TODAY).persons] == [
                survivor.pk
            ]
        merged.merged_into = None
        merged.save()
        assert len(queries.find("Aarnilinna", today=TODAY).persons) == 2


def test_the_address_of_a_merged_record_leads_to_the_survivor(
    signed_in: SignedIn, merged_pair: tuple[Person, Person]
) -> None:
    survivor, merged = merged_pair
    client = signed_in("SOP")
    page = client.get(f"/henkilot/{merged.public_id}/")
    assert (page.status_code, page["Location"]) == (302, f"/henkilot/{survivor.public_id}/")
    assert client.get(f"/henkilot/{merged.public_id}/muokkaa/").status_code == 200
