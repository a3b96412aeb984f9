"""Names that change leave a trace; names that were mistaken do not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.persons import queries, services
from registry.persons.models import FormerName, Language, NameChangeReason, Person, Source
from registry.persons.services import Names
from registry.protection import services as protection
from tests.people import system_access
from tests.registry.persons.conftest import SINCE, TODAY, SignedIn


def rename(person: Person, names: Names, **given: object) -> None:
    services.change_person(person, names, language=Language.FINNISH, customer_since=SINCE, **given)  # type: ignore[arg-type]  # passed on as they are


def found(text: str) -> list[int]:
    return [person.pk for person in queries.find(text, today=TODAY).persons]


def test_a_changed_name_is_kept_with_its_last_day_and_source(person: Person) -> None:
    with system_access():
        rename(
            person, Names("Metsäpuro", "Marjukka Anneli", "Marjukka"), used_until=SINCE,
            source=Source.POPULATION_REGISTER,
        )  # fmt: skip
        former = FormerName.objects.get()
        assert former.name == "Lehtovaara Marjukka"
        assert (former.used_until, former.source) == (SINCE, Source.POPULATION_REGISTER)
        assert Person.objects.get(pk=person.pk).surname == "Metsäpuro"


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (Names("Lehtovaarala", "Marjukka Anneli", "Marjukka"), NameChangeReason.MISTAKE),
        (Names("Lehtovaara", "Marjukka Anneli", "Marjukka"), NameChangeReason.CHANGED),
    ],
    ids=["mistake", "the same"],
)
def test_no_former_name_of_a_mistake_or_of_nothing(
    person: Person, names: Names, reason: NameChangeReason
) -> None:
    with system_access():
        rename(person, names, reason=reason)
        assert not FormerName.objects.exists()


def test_adding_a_name_loses_none(db: None) -> None:
    with system_access():
        person = services.register_person(Names("", "Tähkä"), today=TODAY)
        rename(person, Names("Rantasalmi", "Tähkä", "Tähkä"))
        assert not FormerName.objects.exists()


def test_the_last_day_is_not_ahead_and_nothing_is_saved(person: Person) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with system_access():
        with pytest.raises(ValidationError, match="tulevaisuudessa"):
            rename(person, Names("Metsäpuro", "Marjukka"), used_until=tomorrow)
        assert person.surname == "Lehtovaara"
        assert not FormerName.objects.exists()


@pytest.mark.parametrize(
    "typed", ["lehtovaara", "Lehtov marj", "anneli lehto", "lehtovaara metsäpuro"]
)
def test_search_finds_by_a_former_name(person: Person, typed: str) -> None:
    with system_access():
        rename(person, Names("Metsäpuro", "Marjukka Anneli", "Marjukka"))
        assert found(typed) == [person.pk]
        assert found("metsapuro") == [person.pk]
        assert found("lehtovaara heikki") == []


def test_a_present_name_comes_before_a_former_one(person: Person) -> None:
    with system_access():
        rename(person, Names("Metsäpuro", "Marjukka"))
        present = services.register_person(Names("Lehtovaara", "Åke"), today=TODAY)
        assert found("lehtovaara") == [present.pk, person.pk]


def test_search_follows_a_former_name_that_is_taken_away(person: Person) -> None:
    with system_access():
        rename(person, Names("Metsäpuro", "Marjukka"))
        FormerName.objects.get().delete()
        assert found("lehtovaara") == []


def test_under_turvakielto_a_former_name_finds_nobody(person: Person) -> None:
    with system_access():
        rename(person, Names("Metsäpuro", "Marjukka"))
        protection.record_ban(
            person, valid_from=TODAY, valid_until=None, source=Source.PERSON,
            covers_household=False,
        )  # fmt: skip
        assert found("lehtovaara") == []


def test_the_card_shows_it_and_the_form_asks_why(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    address = f"/henkilot/{person.public_id}/"
    names = {"surname": "Metsäpuro", "given_names": "Marjukka Anneli", "call_name": "Marjukka",
             "language": "fi", "customer_since": "1.3.2024"}  # fmt: skip
    ahead = client.post(f"{address}muokkaa/", names | {"used_until": "1.1.2099"})
    assert ahead.status_code == 422
    assert "tulevaisuudessa" in ahead.content.decode()
    saved = client.post(
        f"{address}muokkaa/",
        names | {"reason": "changed", "used_until": "31.5.2025", "name_source": "SRC-DVV"},
    )
    assert saved.status_code == 302
    text = client.get(address).content.decode()
    assert "Entinen nimi" in text
    assert "31.5.2025 asti" in text
    assert "Lehtovaara" in text


def test_a_typing_mistake_leaves_nothing_on_the_card(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("HAK")
    names = {"surname": "Lehtovuori", "given_names": "Marjukka Anneli", "call_name": "Marjukka",
             "language": "fi", "customer_since": "1.3.2024", "reason": "mistake"}  # fmt: skip
    assert client.post(f"/henkilot/{person.public_id}/muokkaa/", names).status_code == 302
    text = client.get(f"/henkilot/{person.public_id}/").content.decode()
    assert "Lehtovuori" in text
    assert "Entinen nimi" not in text
