"""Documents that go along with a copy: whoever approves has opened every one of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from registry.copies import queries, services
from registry.copies.codes import Reason
from registry.copies.models import Copy, Enclosure, Opening, State
from registry.copies.previews import attachment_of, preview
from registry.persons.models import Person
from registry.rights.papers import Paper
from registry.rights.services.attaching import keep
from tests.people import make_user, system_access
from tests.registry.copies.conftest import (
    Gathered,
    acting,
    breaks,
    browser,
    collected,
    places,
    settle,
)
from tests.registry.copies.test_sheets import letter
from tests.registry.rights.conftest import take_in
from vuokra.accounts.models import User
from vuokra.policy.roles import Role


@pytest.fixture
def second(db: None) -> User:
    return make_user(Role.JOH, username="hyvaksyja")


@pytest.fixture
def copy(person: Person, registrar: User, gathered: Gathered) -> Copy:
    """Gone through, with two documents that go along."""
    came(person, registrar, "Terveisin Marjukka", "Lisäys edelliseen")
    return settle(gathered(person), registrar)


def came(person: Person, registrar: User, *texts: str) -> None:
    """Letters of the person's own that were kept with a request."""
    with acting(registrar):
        row = take_in(person)
        for text in texts:
            keep(row, Paper("text/plain", text.encode()), "kirje")


def look_at(copy: Copy, user: User, *names: str) -> None:
    """Open the copy as it would be handed over, and these of its documents."""
    with acting(user):
        preview(now(copy))
        for name in names:
            attachment_of(now(copy), name)


def now(copy: Copy) -> Copy:
    return Copy.objects.select_related("person").get(pk=copy.pk)


def refused(copy: Copy, second: User, *names: str) -> None:
    """He does not approve: these are not opened yet, and the words name them and no others."""
    with acting(second), pytest.raises(ValidationError) as error:
        services.approve(now(copy))
    assert {one.code for one in error.value.error_list} == {"unopened_documents"}
    told = " ".join(error.value.messages)
    assert [name for name in ("liite-1.txt", "liite-2.txt") if name in told] == list(names)


def test_nobody_approves_documents_that_he_has_not_opened(
    copy: Copy, registrar: User, second: User
) -> None:
    look_at(copy, registrar, "liite-1.txt", "liite-2.txt")
    with acting(second), pytest.raises(ValidationError) as error:
        services.approve(now(copy))
    codes = [one.code for one in error.value.error_list]
    assert codes == ["unopened", "unopened_documents"], "what is left is told at once"
    look_at(copy, second)
    refused(copy, second, "liite-1.txt", "liite-2.txt")  # another's eyes are not his
    look_at(copy, second, "liite-2.txt")
    refused(copy, second, "liite-1.txt")
    with acting(second):
        attachment_of(now(copy), "liite-1.txt", opened=False)
    refused(copy, second, "liite-1.txt")
    look_at(copy, second, "liite-1.txt", "liite-1.txt")
    with acting(second):
        assert services.approve(now(copy)).approved
        assert Opening.objects.filter(enclosed=True, by=second).count() == 2, "each once"


def test_what_is_decided_elsewhere_does_not_close_a_document_again(
    copy: Copy, registrar: User, second: User
) -> None:
    look_at(copy, second, "liite-1.txt", "liite-2.txt")
    found = next(one for one in places(copy, registrar).values() if not one.locked)
    with acting(registrar):
        services.keep(found, Reason.CONSENT)
    with acting(second):
        preview(now(copy))
        assert services.approve(now(copy)).approved


def test_a_document_that_is_there_anew_is_opened_after_collecting_anew(
    person: Person, copy: Copy, registrar: User, second: User
) -> None:
    look_at(copy, second, "liite-1.txt", "liite-2.txt")
    came(person, registrar, "Aivan uusi kirje")
    with acting(registrar):
        services.restart(now(copy))
    settle(collected(copy), registrar)
    with acting(registrar):
        digests = {one.name: one.digest for one in Enclosure.objects.filter(copy=copy)}
        assert set(digests) == {"liite-1.txt", "liite-2.txt", "liite-3.txt"}
    with acting(second):
        seen = Opening.objects.filter(enclosed=True, by=second)
        unseen = set(digests.values()) - set(seen.values_list("digest", flat=True))
        assert len(unseen) == 1
        preview(now(copy))
        (left,) = queries.unopened_enclosures(now(copy))
        assert left.digest in unseen
        attachment_of(now(copy), left.name)
        assert services.approve(now(copy)).approved


def test_a_document_that_is_left_out_need_not_be_opened(
    person: Person, spouse: Person, registrar: User, second: User, gathered: Gathered
) -> None:
    from vuokra.documents.models import Document, DocumentSubject

    letter(person, registrar)
    with system_access():
        DocumentSubject(document=Document.objects.get(), subject_id=spouse.pk).save()
    copy = settle(gathered(person), registrar)
    look_at(copy, second)
    with acting(second):
        assert services.approve(now(copy)).approved
    with acting(second):
        services.take_back(now(copy))
    kept = places(copy, registrar)["liite/0"]
    with acting(registrar):
        services.keep(kept, Reason.CONSENT)
    look_at(copy, second)
    with acting(second):
        assert [one.name for one in queries.unopened_enclosures(now(copy))] == ["liite-1.pdf"]
        with pytest.raises(ValidationError, match=r"liite-1\.pdf"):
            services.approve(now(copy))


def test_the_database_asks_whoever_writes(copy: Copy, registrar: User, second: User) -> None:
    look_at(copy, second, "liite-1.txt")
    with acting(second):
        found = now(copy)
        found.approved_digest, found.approved_by = services.decided_digest(found), second
        found.approved_at = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
        with breaks("copies_copy_documents_opened"), transaction.atomic():
            found.save()
    with acting(registrar):
        one = Enclosure.objects.get(copy=copy, name="liite-2.txt")
        with breaks("copies_enclosure_stays"), transaction.atomic():
            one.delete()
        one.digest = Enclosure.objects.get(copy=copy, name="liite-1.txt").digest
        with breaks("copies_enclosure_stays"), transaction.atomic():
            one.save()


def test_the_copy_as_handed_over_says_which_documents_one_has_opened(
    copy: Copy, second: User
) -> None:
    client = browser(second)
    page = reverse("copies:preview", args=[copy.uuid])
    assert client.get(page).content.decode().count("Avaamatta") == 2
    document = reverse("copies:attachment", args=[copy.uuid, "liite-1.txt"])
    client.head(document)
    assert client.get(page).content.decode().count("Avaamatta") == 2
    assert client.get(document).status_code == 200
    told = client.get(page).content.decode()
    assert told.count("Avaamatta") == 1 and told.count("Avattu") == 1


def test_an_extract_has_no_documents(
    person: Person, registrar: User, second: User, gathered: Gathered
) -> None:
    letter(person, registrar)
    copy = settle(gathered(person, kind="portability"), registrar)
    look_at(copy, second)
    with acting(second):
        assert services.approve(now(copy)).state == State.REVIEW
