"""What a page says of a rule: why a date is what it is, and that a rule is missing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import translation

from tests.vuokra.accounts.conftest import PASSWORD
from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext
from vuokra.access.views import access
from vuokra.accounts.models import User
from vuokra.company.models import NoticeVersion
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.policy.text import Bilingual
from vuokra.rules import queries
from vuokra.rules.queries import RuleValue
from vuokra.rules.registry import KeyedBy
from vuokra.ui import gallery
from vuokra.ui.templatetags.rules import rule_value

pytestmark = pytest.mark.usefixtures("samples")
TODAY = dt.date(2026, 11, 22)


def test_why_tells_title_value_version_day_and_source(ctx: AccessContext) -> None:
    value = queries.rule("sample.answer_months", TODAY)
    html = Template("{% load rules %}{% why value what='määräaika' %}").render(
        Context({"value": value})
    )
    for part in ("vastausaika", "1\xa0kk", "versio 1", "25.5.2018", "12 artikla 3", "määräaika"):
        assert part in html
    assert "ei ole vahvistanut" not in html


def test_why_of_a_rule_of_leases_tells_which_leases_it_concerns(ctx: AccessContext) -> None:
    value = dataclasses.replace(queries.rule("sample.answer_months", TODAY), keyed_by=KeyedBy.LEASE)
    html = Template("{% load rules %}{% why value %}").render(Context({"value": value}))
    assert "koskee 25.5.2018 alkaen tehtyjä sopimuksia" in html
    assert "voimassa" not in html


def test_why_says_what_the_company_has_not_confirmed(ctx: AccessContext) -> None:
    values = queries.rules(["sample.answer_months", "sample.reminder_days"], TODAY)
    context = Context(
        {"one": values["sample.answer_months"], "two": values["sample.reminder_days"]}
    )
    html = Template("{% load rules %}{% why one two %}").render(context)
    assert html.count("ei ole vahvistanut") == 1
    assert "muistutus" in html


@pytest.mark.parametrize(
    ("value", "unit", "label", "expected"),
    [
        (30, Bilingual("pv", "d"), None, "30\xa0pv"),
        (Decimal("7.50"), Bilingual("%", "%"), None, "7,50\xa0%"),
        (True, Bilingual("", ""), None, "kyllä"),
        (dt.date(2026, 12, 1), Bilingual("", ""), None, "1.12.2026"),
        ("a", Bilingual("", ""), Bilingual("alku", "start"), "alku"),
    ],
)  # fmt: skip
def test_values_are_read_in_finnish(
    value: RuleValue, unit: Bilingual, label: Bilingual | None, expected: str
) -> None:
    sample = dataclasses.replace(gallery.WHY, value=value, unit=unit, label=label)
    assert rule_value(sample) == expected


def _view(request: HttpRequest) -> HttpResponse:
    NoticeVersion.objects.create(code="half", valid_from=TODAY, summary="puolikas")
    queries.rule("sample.bare", TODAY)
    return HttpResponse("never")


urlpatterns = [
    path(
        "laske/",
        access(
            Action.VIEW,
            Surface.DETAIL,
            purposes=[Purpose.VALVONTA],
            needs=[(Group.STAFF, Level.WRITE)],
        )(_view),
    ),
    path("", include("vuokra.urls")),
]
handler403 = "vuokra.ui.errors.forbidden"


@pytest.fixture
def visitor(paa: User) -> Iterator[Client]:
    client = Client()
    client.post("/kirjaudu/", {"login": paa.username, "password": PASSWORD})
    with override_settings(ROOT_URLCONF=__name__):
        yield client


def test_a_missing_rule_is_a_clear_page_and_nothing_is_saved(visitor: Client) -> None:
    answer = visitor.get("/laske/")
    assert answer.status_code == 409
    for part in ("tyhjä", "sample.bare", "22.11.2026", "Mitään ei laskettu"):
        assert part in answer.content.decode()
    assert not NoticeVersion.objects.filter(code="half").exists()


def test_the_page_speaks_english(visitor: Client) -> None:
    visitor.cookies["django_language"] = "en"
    with translation.override("en"):
        assert "bare" in visitor.get("/laske/").content.decode()
