"""A copy whose right is not met, or whose request was taken back, is destroyed and says why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from registry.copies.codes import Unneeded, What
from registry.copies.models import Copy, Finding, State
from registry.persons.models import Person
from registry.rights import clock, copy_desk, services
from registry.rights.models import DataRequest, Decision, Outcome, RefusalGround, Right
from registry.rights.models import State as Phase
from registry.rights.queries import todo
from registry.rights.queries.copies import copies_of
from registry.rights.queries.page import request_page
from registry.rights.services import Ruling, copying
from tests.people import system_access
from tests.registry.copies.conftest import collected
from tests.registry.rights.conftest import (
    GRANT,
    REFUSE,
    SignedIn,
    acting,
    breaks,
    decided,
    forced,
    fresh,
    in_progress,
    refused,
)
from tests.vuokra.documents.conftest import company
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for

__all__ = ["company"]
CLAIM = Ruling(Outcome.CLAIM, RefusalGround.DEAD, "Käsitellään vaatimuksena.")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def kept(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def only_copy(user: User) -> Copy:
    with acting(user):
        return Copy.objects.get()


def labels(row: DataRequest) -> list[str]:
    return [str(one.label) for one in todo.todos(request_page(fresh(row)))]


@pytest.mark.parametrize(
    ("ruling", "told"),
    [
        (REFUSE, "Ei tarvita: oikeudesta kieltäydyttiin"),
        (CLAIM, "Ei tarvita: käsitellään vaatimuksena"),
    ],
)
def test_what_was_collected_for_a_right_that_is_not_met_is_destroyed_with_the_decision(
    registrar: User, person: Person, media: Path, ruling: Ruling, told: str,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    row = in_progress(registrar, person, Right.ACCESS)
    assert kept(media)
    with django_capture_on_commit_callbacks(execute=True), acting(registrar):
        services.decide(row, Right.ACCESS, ruling, version=row.version)
    assert kept(media) == []
    copy = only_copy(registrar)
    assert (copy.state, str(copy.told), copy.destroy_on) == (State.DISCARDED, told, None)
    with system_access():
        noted = {"kind": "note", "copy_discarded": [str(copy.uuid)]}
        event = AccessEvent.objects.get(detail__contains=[noted])
        assert person.pk in event.subjects


def test_a_refusal_that_is_not_saved_destroys_nothing(
    registrar: User, person: Person, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = in_progress(registrar, person, Right.ACCESS)
    groundless = Ruling(Outcome.REFUSED, RefusalGround.NOT_MET, "")
    with (
        django_capture_on_commit_callbacks(execute=True),
        acting(registrar),
        pytest.raises(ValidationError, match="on oltava peruste"),
        transaction.atomic(),
    ):
        services.decide(row, Right.ACCESS, groundless, version=row.version)
    assert kept(media) and only_copy(registrar).state == State.REVIEW


def test_one_of_two_rights_refused_leaves_the_other_its_copy(
    signed_in: SignedIn, registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.ACCESS, Right.PORTABILITY)
    page = reverse("rights:decide", args=[row.slug, "20"])
    assert "hävitetään heti" in signed_in("REK").get(page).content.decode()
    with acting(registrar):
        services.decide(row, Right.PORTABILITY, REFUSE, version=row.version)
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        assert labels(row) == ["Anna tarkastettavaksi"]
        states = dict(Copy.objects.values_list("kind", "state"))
        assert states == {"access": State.REVIEW, "portability": State.DISCARDED}
        services.submit(row, version=row.version)


def test_of_two_copies_a_step_says_which(registrar: User, person: Person) -> None:
    row = in_progress(registrar, person, Right.ACCESS, Right.PORTABILITY)
    with acting(registrar):
        for right in (Right.ACCESS, Right.PORTABILITY):
            services.decide(row, right, REFUSE, version=row.version)
            services.decide(row, right, GRANT, version=row.version)
        assert labels(row)[:2] == [
            "Kokoa tiedot: tarkastusoikeus",
            "Kokoa tiedot: siirto järjestelmästä toiseen",
        ]


def test_no_work_is_left_of_it_and_it_says_everywhere_why(
    signed_in: SignedIn, registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.ACCESS)
    with acting(registrar):
        copy = Copy.objects.get()
        Finding.objects.create(copy=copy, person=person, place="PT-NIMI/0", what=What.PERSON)
        assert list(copy_desk.rows(actor_for(registrar), clock.today()))
        services.decide(row, Right.ACCESS, REFUSE, version=row.version)
        assert not list(copy_desk.rows(actor_for(registrar), clock.today()))
        assert labels(row) == ["Anna tarkastettavaksi"]
    client: Client = signed_in("REK")
    for page in (
        reverse("rights:request", args=[row.slug]),
        reverse("copies:copy", args=[copy.uuid]),
        reverse("copies:list"),
    ):
        told = client.get(page).content.decode()
        assert "Ei tarvita: oikeudesta kieltäydyttiin" in told, page
        assert "Tarkistettavana" not in told and "Katso annettavana" not in told, page
    assert client.get(reverse("rights:copy", args=[row.slug, "15"])).status_code == 404


def test_a_refusal_taken_back_has_the_data_collected_anew(
    registrar: User, second: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS, ruling=REFUSE)
    with acting(registrar):
        with refused("not_met"):
            copying.start(row, Right.ACCESS, version=row.version)
        services.submit(row, version=row.version)
    with acting(second):
        services.send_back(row, note="Myönnetään", version=row.version)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        assert labels(row) == ["Kokoa tiedot", "Anna tarkastettavaksi"]
        copy = copying.start(row, Right.ACCESS, version=row.version)
    assert collected(copy).state == State.REVIEW
    with acting(registrar):
        assert copies_of(fresh(row))[Right.ACCESS] == copy
        assert Copy.objects.filter(state=State.DISCARDED).count() == 1


def test_a_request_taken_back_says_so_of_its_copy(
    signed_in: SignedIn, registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.withdraw(row, note="Soitti", version=row.version)
    assert only_copy(registrar).unneeded == Unneeded.WITHDRAWN
    page = signed_in("REK").get(reverse("rights:request", args=[row.slug])).content.decode()
    assert "Ei tarvita: pyyntö peruttiin" in page


# -- the database ----------------------------------------------------------------------------------


def written(row: DataRequest, ruling: Ruling) -> None:
    """Write past the services."""
    with transaction.atomic():
        decision = Decision.objects.get(request=row)
        decision.outcome, decision.ground = ruling.outcome, ruling.ground
        decision.reasons = ruling.reasons
        decision.tells_supervisor = decision.tells_remedy = True
        decision.save()


def test_the_database_refuses_a_refusal_beside_a_copy_that_could_be_given(
    registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar), breaks("rights_copy_unneeded"):
        written(row, REFUSE)
    with acting(registrar), breaks("rights_copy_unneeded"):
        forced(row, state=Phase.WITHDRAWN, closed_on=clock.today())


def test_the_database_lets_no_copy_be_made_for_a_right_that_is_not_met(
    registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS, ruling=REFUSE)
    with acting(registrar):
        copy = Copy.objects.get()
        fresh_one = Copy(person=person, kind=copy.kind, language="fi", reference=row.number)
        with breaks("rights_copy_unneeded"), transaction.atomic():
            fresh_one.save()
        copy.state, copy.unneeded = State.QUEUED, ""
        with breaks("copies_copy_over"), transaction.atomic():
            copy.save()
