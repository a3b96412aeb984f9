"""Ordering, making, keeping and opening documents."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.people import make_user, system_access
from tests.vuokra.documents.conftest import reader, text_of
from vuokra.access.codes import Action, Surface
from vuokra.access.context import open_access
from vuokra.access.errors import FunctionDenied, ObjectDenied
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import RoleGrant, User
from vuokra.accounts.queries import actor_for
from vuokra.accounts.services import revoke_role
from vuokra.crypto import subjects
from vuokra.crypto.errors import KeyDestroyed
from vuokra.documents import queries, services, tasks
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document, State, TemplateVersion
from vuokra.documents.registry import Kind
from vuokra.policy.roles import Purpose, Role

pytestmark = pytest.mark.usefixtures("company", "kinds")
ANNA, BERTTA = 7001, 7002


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP)


def acting(user: User, action: Action = Action.VIEW) -> Any:
    return open_access(
        actor_for(user), purpose=Purpose.SOPIMUS, action=action, surface=Surface.DETAIL
    )


def ordered(user: User, kind: str = "test.open", *, about: list[int] | None = None) -> Document:
    with acting(user):
        return services.order(
            kind,
            subjects=[ANNA] if about is None else about,
            language="fi",
            reference="TP-2026-7",
            by=user,
            purpose=Purpose.SOPIMUS,
        )


def made(document: Document) -> Document:
    tasks.make.func(document.pk, document.ordered_by_id, str(document.purpose))
    with system_access():
        return Document.objects.get(pk=document.pk)


def test_a_document_is_made_sealed_and_named(clerk: User, files: Path) -> None:
    document = made(ordered(clerk))
    assert document.state == State.READY and document.pages == 1
    with acting(clerk):
        pdf = services.opened(document)
    assert hashlib.sha256(pdf).hexdigest() == document.digest
    assert len(pdf) == document.size and "Asia TP-2026-7" in text_of(pdf)
    kept = [path.read_bytes() for path in files.rglob("*") if path.is_file()]
    assert len(kept) == 1 and kept[0].startswith(b"VKF1") and b"%PDF" not in kept[0]
    assert document.template is not None and document.template.number == 1


def test_opening_makes_an_event_about_everybody_it_concerns(clerk: User) -> None:
    document = made(ordered(clerk, about=[ANNA, BERTTA]))
    with acting(clerk, Action.DOWNLOAD) as ctx:
        services.opened(document)
    with system_access():
        event = AccessEvent.objects.get(access_id=ctx.id)
    assert set(event.subjects) >= {ANNA, BERTTA}
    assert event.action == Action.DOWNLOAD
    assert {"table": "vuokra_documents_document", "kind": "reveal"}.items() <= next(
        seen for seen in event.detail if seen["kind"] == "reveal"
    ).items()


def test_a_later_template_changes_no_old_document(clerk: User, kinds: dict[str, Any]) -> None:
    first = made(ordered(clerk))
    kinds["sources"]["open.typ"] = "#show: paper\nUusi: #data.name\n"
    second = made(ordered(clerk))
    third = made(ordered(clerk))
    assert (first.template.number, second.template.number) == (1, 2)  # type: ignore[union-attr]
    assert third.template_id == second.template_id
    with acting(clerk):
        assert "Uusi" not in text_of(services.opened(first))
        assert "Uusi" in text_of(services.opened(second))
    kinds["sources"]["open.typ"] = "#show: paper\n#data.name\n"
    assert made(ordered(clerk)).template_id == first.template_id


def test_a_version_of_a_template_is_neither_changed_nor_removed(clerk: User) -> None:
    made(ordered(clerk))
    version = TemplateVersion.objects.get()
    assert version.digest == hashlib.sha256(version.source.encode()).hexdigest()
    for change in (lambda: version.delete(), lambda: TemplateVersion.objects.update(number=9)):
        with system_access(), pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_class_d_is_sealed_with_the_key_of_the_person(db: None) -> None:
    user = make_user(Role.ASN)
    document = made(ordered(user, "test.sealed"))
    assert document.own_file and not document.file
    with acting(user):
        assert services.opened(document).startswith(b"%PDF")
    with system_access():
        subjects.destroy(ANNA)
    with acting(user), pytest.raises(KeyDestroyed):
        services.opened(document)


def test_class_d_needs_a_person(db: None) -> None:
    with pytest.raises(ValueError, match="name one"):
        ordered(make_user(Role.ASN), "test.sealed", about=[])


def test_who_has_no_right_to_the_group_sees_nothing(clerk: User) -> None:
    document = made(ordered(clerk))
    outsider = make_user(Role.VAL)  # reads contact details too
    nobody = make_user(Role.JOH)
    with acting(outsider):
        assert [line.document.pk for line in queries.documents_of(ANNA)] == [document.pk]
        assert queries.documents_of(BERTTA) == []
    with acting(nobody):
        assert queries.documents_of(ANNA) == []
        assert queries.documents_in("test.open", "TP-2026-7") == []
        with pytest.raises(ObjectDenied):
            queries.document_by_uuid(document.uuid)
    with pytest.raises(ObjectDenied), acting(nobody):
        services.opened(document)
    with pytest.raises(FunctionDenied):
        ordered(nobody)


def test_a_right_that_ended_meanwhile_makes_nothing(clerk: User) -> None:
    document, main = ordered(clerk), make_user(Role.PAA)
    with system_access():
        for grant in RoleGrant.objects.filter(user=clerk):
            revoke_role(grant, by=main, reason="testi")
    failed = made(document)
    assert (failed.state, failed.fault) == (State.FAILED, Fault.RIGHT)
    assert not failed.file


@pytest.mark.parametrize("fault", [Fault.DELIVERY, Fault.ADDRESS, Fault.DATA])
def test_data_may_refuse(
    clerk: User, monkeypatch: pytest.MonkeyPatch, kinds: dict[str, Kind], fault: Fault
) -> None:
    def refuse(document: Document) -> dict[str, str]:
        raise NotMade(fault)

    object.__setattr__(kinds["test.open"], "data", refuse)
    failed = made(ordered(clerk))
    assert (failed.state, failed.fault) == (State.FAILED, fault)


def test_a_template_with_an_error_is_a_fault_and_can_be_tried_again(
    clerk: User, kinds: dict[str, Any]
) -> None:
    kinds["sources"]["open.typ"] = "#nothing"
    failed = made(ordered(clerk))
    assert (failed.state, failed.fault) == (State.FAILED, Fault.TEMPLATE)
    kinds["sources"]["open.typ"] = "#show: paper\n#data.name"
    with acting(clerk):
        services.retry(failed, by=clerk)
    assert made(failed).state == State.READY


def test_who_starts_a_document_again_is_the_one_it_is_made_for(
    clerk: User, kinds: dict[str, Any]
) -> None:
    kinds["sources"]["open.typ"] = "#nothing"
    failed = made(ordered(clerk))
    kinds["sources"]["open.typ"] = "#show: paper\n#data.name"
    other = make_user(Role.PER)
    with open_access(
        actor_for(other), purpose=Purpose.PERINTA, action=Action.CREATE, surface=Surface.FORM
    ):
        services.retry(failed, by=other)
    with system_access():
        waiting = Document.objects.get(pk=failed.pk)
    assert (waiting.ordered_by_id, waiting.purpose) == (other.pk, Purpose.PERINTA)
    assert made(waiting).state == State.READY
    with system_access():
        reading = AccessEvent.objects.filter(route="documents:make").latest("id")
    assert reading.actor_id == other.pk


def test_a_document_that_is_ready_is_not_made_again(clerk: User) -> None:
    document = made(ordered(clerk))
    again = made(document)
    assert again.digest == document.digest and again.ready_at == document.ready_at
    with acting(clerk), pytest.raises(ObjectDenied):
        services.retry(document, by=clerk)


def test_a_worker_that_was_stopped_leaves_it_waiting(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = ordered(clerk)

    class Killed(BaseException):
        pass

    def killed(*args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(services, "_keep", killed)
        with acting(clerk):
            services.proceed(document.pk)
    with system_access():
        waiting = Document.objects.get(pk=document.pk)
        assert waiting.state == State.QUEUED
        later = timezone.now() + services.WAITS * 2
        assert not services.may_retry(waiting, timezone.now())
        assert services.may_retry(waiting, later)
    assert made(document).state == State.READY


def test_the_night_queues_what_was_left_behind(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = ordered(clerk)
    queued: list[int] = []
    monkeypatch.setattr(services, "_queue", lambda one: queued.append(one.pk))
    with system_access():
        assert services.queue_left_behind() == 0
        monkeypatch.setattr(services, "WAITS", -services.WAITS)
        assert services.queue_left_behind() == 1
    assert queued == [document.pk]


def test_a_language_without_a_template_is_refused(clerk: User) -> None:
    with acting(clerk), pytest.raises(ValueError, match="not made in sv"):
        services.order(
            "test.open", subjects=[ANNA], language="sv", reference="", by=clerk,
            purpose=Purpose.SOPIMUS,
        )  # fmt: skip


def test_a_preview_keeps_nothing(clerk: User) -> None:
    with acting(clerk):
        pdf = services.render("test.open", {"name": "Esikatselu"}, "en")
    assert "Esikatselu" in text_of(pdf)
    assert str(reader(pdf).trailer["/Root"]["/Lang"]).startswith("en")  # type: ignore[index]
    assert not TemplateVersion.objects.exists()


def test_without_a_company_there_is_no_letterhead(clerk: User) -> None:
    from vuokra.company.models import Company

    with system_access():
        Company.objects.all().delete()
    with acting(clerk), pytest.raises(NotMade):
        services.render("test.open", {"name": "x"}, "fi")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.READY},
        {"fault": Fault.DATA},
        {"state": State.FAILED},
        {"file": "aa/bb"},
        {"language": "sv"},
        {"purpose": "P99"},
    ],
)
def test_the_database_keeps_documents_whole(clerk: User, wrong: dict[str, Any]) -> None:
    document = ordered(clerk)
    for name, value in wrong.items():
        setattr(document, name, value)
    with pytest.raises((DatabaseError, ValidationError)), acting(clerk):
        document.save()
