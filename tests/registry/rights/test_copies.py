"""The copy of a request, from collecting it to the package in the requester's hands (6.3, 6.8)."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from registry.copies import services as copies
from registry.copies.codes import Unneeded
from registry.copies.models import State
from registry.persons.models import Person
from registry.rights import clock, copy_desk, services
from registry.rights.models import Act, DataRequest, Outcome, Right
from registry.rights.models import State as Phase
from registry.rights.papers import Paper
from registry.rights.queries import todo
from registry.rights.queries.copies import copies_of, not_handed
from registry.rights.queries.page import request_page
from registry.rights.services import copying
from registry.rights.services.attaching import keep
from tests.people import system_access
from tests.registry.copies.conftest import collected, settle
from tests.registry.rights.conftest import (
    GRANT,
    REFUSE,
    SignedIn,
    acting,
    approve,
    approved,
    decided,
    fresh,
    handed,
    in_progress,
    refused,
    take_in,
)
from tests.vuokra.documents.conftest import company
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for

__all__ = ["company"]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def at(name: str, row: DataRequest, right: Right | None = None) -> str:
    return reverse(f"rights:{name}", args=[row.slug, *([right.value] if right else [])])


def steps_to_take(row: DataRequest) -> list[str]:
    return [str(one.label) for one in todo.todos(request_page(fresh(row))) if not one.lacks]


def test_a_copy_is_collected_for_an_identified_person_and_once(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        early = take_in(person)
        with refused("rights_not_identified"):
            copying.start(early, Right.ACCESS, version=early.version)
        with refused("right"):
            copying.start(early, Right.ERASURE, version=early.version)
    row = in_progress(registrar, person, Right.ACCESS)
    with acting(registrar):
        with refused("collected"):
            copying.start(row, Right.ACCESS, version=row.version)
        (step,) = row.steps.filter(act=Act.COLLECTED)
    assert (step.about, step.note) == ("right:15", "")


def test_an_answer_without_its_copy_is_not_reviewed(registrar: User, person: Person) -> None:
    """Granted, it needs one that is gone through; refused, it needs none."""
    row = in_progress(registrar, person, Right.ACCESS)
    with acting(registrar):
        copies.discard(copies_of(row)[Right.ACCESS], Unneeded.WITHDRAWN)
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        assert "Kokoa tiedot" in steps_to_take(row)
        with refused("missing"):
            services.submit(row, version=row.version)
        copy = copying.start(row, Right.ACCESS, version=row.version)
    copy = collected(copy)
    with acting(registrar):
        assert "Tarkista koottu jäljennös" in steps_to_take(row)
        with refused("missing"):
            services.submit(row, version=row.version)
    settle(copy, registrar)
    with acting(registrar):
        assert "Anna tarkastettavaksi" in steps_to_take(row)
        services.submit(row, version=row.version)
    other = decided(registrar, person, Right.PORTABILITY, ruling=REFUSE)
    with acting(registrar):
        services.submit(other, version=other.version)


def test_data_that_changed_before_the_approval_are_collected_anew(
    registrar: User, second: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
    with system_access():
        person.call_name = "Marju"
        person.save()
    with acting(second), refused("missing"):
        approve(row)
    with system_access():
        assert fresh(row).state == Phase.IN_REVIEW


def test_the_approver_approves_the_copy_and_nothing_else_leaves(
    registrar: User, second: User, person: Person
) -> None:
    row = approved(registrar, second, person, Right.ACCESS, Right.PORTABILITY)
    with acting(registrar):
        found = copies_of(row)
        assert {one.approved_by_id for one in found.values()} == {second.pk}
        assert not_handed(row) == [Right.ACCESS, Right.PORTABILITY]
        with refused("copy"):
            services.deliver(row, handed(), version=row.version)


def test_from_the_request_to_the_package(
    company: None, signed_in: SignedIn, registrar: User, second: User, person: Person
) -> None:
    """By the screen: made, downloaded with its password, delivered; each time in the log."""
    row = approved(registrar, second, person, Right.ACCESS)
    client = signed_in("REK")
    page = client.get(at("request", row)).content.decode()
    assert at("copy", row, Right.ACCESS) in page and "Tiedot koottu" in page
    assert "Tee salattu paketti" in client.get(at("copy", row, Right.ACCESS)).content.decode()
    answer = client.post(at("pack", row, Right.ACCESS), {"version": row.version})
    password = re.search(r'<code class="secret">([^<]+)</code>', answer.content.decode())
    assert answer.status_code == 200 and password is not None
    package = client.post(at("package", row, Right.ACCESS))
    assert package["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(package.content), password=password[1]) as pdf:
        data = json.loads(pdf.attachments["tiedot.json"].get_file().read_bytes())
    assert "Lehtovaara" in json.dumps(data, ensure_ascii=False)
    with acting(registrar):
        copy = copies_of(row)[Right.ACCESS]
        assert copy.state == State.PACKED and not_handed(fresh(row)) == []
        row = fresh(row)
        services.deliver(row, handed(), version=row.version)
        assert row.state == Phase.DELIVERED
    with system_access():
        events = AccessEvent.objects.filter(route__in=("rights:pack", "rights:package"))
        assert {event.action for event in events} == {"export"}
        assert all(person.pk in event.subjects for event in events)


def test_paper_is_printed_once_it_is_approved(
    company: None, signed_in: SignedIn, registrar: User, second: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    client: Client = signed_in("REK")
    refused_one = client.post(at("print_copy", row, Right.ACCESS), {"version": row.version})
    assert refused_one.status_code == 302
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    pdf = client.post(at("print_copy", row, Right.ACCESS), {"version": row.version})
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF-")
    stale = client.post(at("print_copy", row, Right.ACCESS), {"version": row.version})
    assert stale.status_code == 302  # the page is of before the first


@pytest.mark.parametrize("role", ["SOP", "JOH", "TAR", "PAA"])
def test_only_the_registrar_hands_a_copy_over(
    signed_in: SignedIn, registrar: User, second: User, person: Person, role: str
) -> None:
    row = approved(registrar, second, person, Right.ACCESS)
    client = signed_in(role)
    for name in ("pack", "package", "print_copy", "collect"):
        answer = client.post(at(name, row, Right.ACCESS), {"version": row.version})
        assert answer.status_code in (403, 404), name
    with acting(registrar):
        assert not_handed(fresh(row)) == [Right.ACCESS]
        assert fresh(row).decisions.get().outcome == Outcome.GRANTED


def test_the_approver_is_led_to_the_copy_before_approving(
    signed_in: SignedIn, registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
        shown = reverse("copies:preview", args=[copies_of(row)[Right.ACCESS].uuid])
    leader, page = signed_in("JOH"), at("approve", row)
    assert "et ole avannut jäljennöstä" in leader.get(page).content.decode()
    answer = leader.post(page, {"version": row.version, "note": ""})
    told = answer.content.decode()
    assert answer.status_code == 422 and shown in told
    assert "Avaa ja lue jäljennös sellaisena kuin se annetaan" in told
    leader.head(shown)
    assert leader.post(page, {"version": row.version, "note": ""}).status_code == 422
    assert leader.get(shown).status_code == 200
    assert "et ole avannut jäljennöstä" not in leader.get(page).content.decode()
    assert leader.post(page, {"version": row.version, "note": ""}).status_code == 302
    with system_access():
        assert fresh(row).state == Phase.APPROVED


def test_the_approver_is_led_to_the_documents_that_are_not_opened_yet(
    signed_in: SignedIn, registrar: User, person: Person
) -> None:
    with acting(registrar):
        keep(take_in(person), Paper("text/plain", b"Terveisin Marjukka"), "kirje")
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
        uuid = copies_of(row)[Right.ACCESS].uuid
    leader, page = signed_in("JOH"), at("approve", row)
    leader.get(reverse("copies:preview", args=[uuid]))
    document = reverse("copies:attachment", args=[uuid, "liite-1.txt"])
    assert document in leader.get(page).content.decode()
    answer = leader.post(page, {"version": row.version, "note": ""})
    told = answer.content.decode()
    assert answer.status_code == 422 and document in told
    assert "Avaa ja lue vielä liite ennen kuin hyväksyt: liite-1.txt." in told
    leader.get(document)
    assert document not in leader.get(page).content.decode()
    assert leader.post(page, {"version": row.version, "note": ""}).status_code == 302


def test_an_approved_copy_reads_approved_until_the_answer_is_given_back(
    signed_in: SignedIn, registrar: User, second: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    client = signed_in("REK")
    page = client.get(at("request", row)).content.decode()
    assert ">Tarkistettavana</a>" in page
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    page = client.get(at("request", row)).content.decode()
    assert ">Hyväksytty</a>" in page and "Tarkistettavana" not in page
    with acting(registrar):
        (waits,) = copy_desk.rows(actor_for(registrar), clock.today())
    assert waits.task == "Tee jäljennös annettavaksi" and waits.facts.endswith("· hyväksytty")
    with acting(second):
        services.send_back(row, note="Korjaa", version=row.version)
        assert not copies_of(row)[Right.ACCESS].approved
    assert ">Tarkistettavana</a>" in client.get(at("request", row)).content.decode()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", ("Tarkastusoikeus", "Kuvallinen henkilötodistus nähtiin käynnillä")),
        ("en", ("Right of access", "Photo identification was seen at a visit")),
    ],
)
def test_steps_are_told_in_the_language_of_who_reads(
    signed_in: SignedIn, registrar: User, person: Person, language: str, told: tuple[str, str]
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        steps = {step.act: (step.about, step.note) for step in fresh(row).steps.all()}
    assert steps[Act.IDENTIFIED] == ("method:photo", "")
    assert steps[Act.DECIDED] == steps[Act.COLLECTED] == ("right:15", "")
    client = signed_in("REK")
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: language})
    history = client.get(at("request", row)).content.decode().split("<caption")[-1]
    assert all(word in history for word in told)
