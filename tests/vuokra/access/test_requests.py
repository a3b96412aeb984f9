"""The request's transaction and its event: written before the answer leaves, or nothing leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path

from registry.persons.models import ContactPoint, Person
from tests.people import make_user, sign_in, system_access
from vuokra import urls as product
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current, peek
from vuokra.access.errors import NestedAccess, NoAccessContext, ObjectDenied
from vuokra.access.models import AccessEvent
from vuokra.access.views import AccessStream, access, public
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

card = access(
    Action.VIEW,
    Surface.DETAIL,
    purposes=[Purpose.SOPIMUS],
    needs=[(Group.PERSON, Level.READ)],
)


@card
def names(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(p.surname for p in Person.objects.order_by("sort_key")))


@card
def lazy(request: HttpRequest) -> TemplateResponse:
    """The queryset runs while the template is rendered, after the view has returned."""
    return TemplateResponse(
        request, "lazy.html", {"people": Person.objects.order_by("sort_key"), "in_view": True}
    )


@card
def write_and_fail(request: HttpRequest) -> HttpResponse:
    person = Person.objects.order_by("sort_key")[0]
    person.call_name = "Salattu"
    person.save()
    raise RuntimeError("after writing")


@card
def deny(request: HttpRequest) -> HttpResponse:
    raise ObjectDenied("registry_persons_person", Person.objects.order_by("id")[0].pk)


@card
def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


@card
def broken_constraint(request: HttpRequest) -> HttpResponse:
    ContactPoint.objects.create(
        person_id=10**12, kind="phone", value="+358401", valid_from=dt.date(2026, 1, 1)
    )
    return HttpResponse("saved")


@card
def stream(request: HttpRequest) -> AccessStream:
    keys = list(Person.objects.order_by("id").values_list("id", flat=True))

    def read(after: Any) -> tuple[str, Any]:
        index = keys.index(after) + 1 if after else 0
        person = Person.objects.get(pk=keys[index])
        last = index == len(keys) - 1
        return f"{person.surname}\n", None if last else person.pk

    return AccessStream(read, content_type="text/csv", filename="list.csv")


@public
def sneaky(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(list(Person.objects.values_list("surname"))))


urlpatterns = [
    path("names/", names),
    path("lazy/", lazy),
    path("fail/", write_and_fail),
    path("deny/", deny),
    path("missing/", missing),
    path("constraint/", broken_constraint),
    path("stream/", stream),
    path("sneaky/", sneaky),
    *product.urlpatterns,
]
handler403 = product.handler403
handler500 = product.handler500


@pytest.fixture
def clerk(people: list[Person], client: Client) -> Client:
    sign_in(client, make_user(Role.SOP))
    return client


def events(**filters: Any) -> list[AccessEvent]:
    with system_access():
        return list(AccessEvent.objects.filter(kind="request", **filters).order_by("id"))


@pytest.mark.smoke
def test_a_page_makes_one_event_with_its_subjects(clerk: Client, people: list[Person]) -> None:
    answer = clerk.get("/names/")
    assert answer.status_code == 200
    (event,) = events()
    assert event.subjects == sorted(p.pk for p in people)
    assert (event.role, event.purpose, event.action, event.outcome) == ("SOP", "P3", "view", "ok")
    assert "Aarnivuori" not in str(vars(event))


def test_rendering_is_inside_the_same_transaction(
    clerk: Client, people: list[Person], settings: Any, tmp_path: Any
) -> None:
    (tmp_path / "lazy.html").write_text("{% for p in people %}{{ p.surname }} {% endfor %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    assert b"Aarnivuori" in clerk.get("/lazy/").content
    assert events()[0].subjects == sorted(p.pk for p in people)


@pytest.mark.smoke
def test_a_failing_view_saves_nothing_and_its_reads_are_recorded(
    clerk: Client, people: list[Person]
) -> None:
    clerk.raise_request_exception = False
    answer = clerk.get("/fail/")
    assert answer.status_code == 500
    assert b"Salattu" not in answer.content
    (event,) = events()
    assert event.outcome == "error"
    assert event.subjects == [people[0].pk]
    with system_access():
        assert Person.objects.get(pk=people[0].pk).call_name != "Salattu"


@pytest.mark.smoke
def test_a_broken_deferred_constraint_saves_nothing(clerk: Client) -> None:
    answer = clerk.get("/constraint/")
    assert answer.status_code == 503
    assert b"saved" not in answer.content


def test_DP_A4_an_object_out_of_reach_looks_missing_and_is_recorded(
    clerk: Client, people: list[Person]
) -> None:
    denied, missing_page = clerk.get("/deny/"), clerk.get("/missing/")
    assert denied.status_code == missing_page.status_code == 404
    assert _without_tokens(denied.content) == _without_tokens(missing_page.content)
    event = events(outcome="denied")[0]
    assert {"table": "registry_persons_person", "kind": "denied", "columns": [],
            "rows": [people[0].pk]} in event.detail  # fmt: skip


def _without_tokens(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if b"csrf" not in line.lower()]


def test_a_missing_right_is_named_and_recorded(people: list[Person], client: Client) -> None:
    sign_in(client, make_user(Role.PAA))
    answer = client.get("/names/")
    assert answer.status_code == 403
    assert str(Group.PERSON.label) in answer.content.decode()
    event = events(outcome="denied")[0]
    assert event.subjects == []
    assert {"kind": "note", "missing": ["person:READ"]} in event.detail


def test_a_purpose_outside_the_role_is_refused(people: list[Person], client: Client) -> None:
    sign_in(client, make_user(Role.TAL))  # may read people, but not for this purpose
    assert client.get("/names/").status_code == 403
    assert len(events(outcome="denied")) == 1


def test_without_sign_in_one_is_sent_to_the_door(people: list[Person], client: Client) -> None:
    answer = client.get("/names/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/kirjaudu/")


def test_a_public_view_cannot_read_people(people: list[Person], client: Client) -> None:
    with pytest.raises(NoAccessContext):
        client.get("/sneaky/")


@pytest.mark.smoke
def test_streamed_batches_are_recorded_before_they_leave(
    clerk: Client, people: list[Person]
) -> None:
    answer = clerk.get("/stream/")
    parts: list[bytes] = []
    for part in answer.streaming_content:  # type: ignore[attr-defined]
        parts.append(part)
        with system_access():
            assert AccessEvent.objects.filter(kind="stream").count() == len(parts)
    assert b"".join(parts).decode().split() == ["Aarnivuori", "Lehtovaara", "Petäjäsuo"]


def test_contexts_do_not_nest_and_end_with_their_block(people: list[Person]) -> None:
    with system_access(), pytest.raises(NestedAccess), system_access():
        pass
    assert peek() is None
    with pytest.raises(NoAccessContext):
        current()


def test_a_savepoint_rolled_back_keeps_the_trace_of_its_reads(people: list[Person]) -> None:
    with system_access() as ctx:
        with pytest.raises(RuntimeError), transaction.atomic():
            list(Person.objects.all())
            raise RuntimeError
        assert ctx.subjects == {p.pk for p in people}
        assert Person.objects.count() == 3  # still armed


@pytest.fixture
def unwritable_log(as_superuser: Any) -> Iterator[Callable[[], None]]:
    def lock() -> None:
        with as_superuser.cursor() as cursor:
            cursor.execute("REVOKE INSERT ON vuokra_access_event FROM vuokra_app")

    yield lock
    with as_superuser.cursor() as cursor:
        cursor.execute("GRANT INSERT ON vuokra_access_event TO vuokra_app")


@pytest.mark.smoke
def test_DP_A39_a_log_that_cannot_be_written_closes_personal_pages(
    clerk: Client, people: list[Person], unwritable_log: Callable[[], None]
) -> None:
    unwritable_log()
    answer = clerk.get("/names/")
    assert answer.status_code == 503
    assert b"Aarnivuori" not in answer.content
