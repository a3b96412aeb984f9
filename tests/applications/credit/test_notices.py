"""The notice that credit data were used against somebody: who opens it, and that it was given."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from applications.credit import papers, queries, services
from applications.credit.models import CreditCheck, Measure
from applications.selection.models import Decision
from tests.applications.credit.test_credit import checked, decision, read
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    refused_by,
    site,
    stair,
    system_access,
)
from tests.people import sign_in
from tests.registry.protection.conftest import acting
from vuokra.access.errors import ObjectDenied
from vuokra.documents import queries as documents
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["decision", "flat", "site", "stair"]


def weighed(decision: Decision, measure: Measure = Measure.DEPOSIT) -> CreditCheck:
    """Marks of the chosen, weighed; in the open context."""
    return services.assess(checked(decision), measure, "Merkintä on tuore.", today=TODAY)


def test_a_notice_is_owed_until_it_was_given(decision: Decision) -> None:
    with system_access():
        row = weighed(decision)
        assert row.owes_notice and [one.pk for one in queries.waiting(TODAY)] == [row.pk]
        row = services.note_notice(row, TODAY, today=TODAY)
        assert not row.owes_notice and queries.waiting(TODAY) == []
        with pytest.raises(ValidationError, match="jo kirjattu"):
            services.note_notice(row, TODAY, today=TODAY)


def test_no_notice_of_what_changed_nothing(decision: Decision) -> None:
    with system_access():
        row = weighed(decision, Measure.NOTHING)
        assert queries.waiting(TODAY) == []
        with pytest.raises(ValidationError, match="vahingoksi"):
            services.note_notice(row, TODAY, today=TODAY)


@pytest.mark.parametrize("days", [1, -1])
def test_a_notice_is_given_after_asking_and_not_in_days_to_come(
    decision: Decision, days: int
) -> None:
    client = sign_in(Client(), make_user(Role.VAL))
    with system_access():
        row = weighed(decision)
    given = {"on": f"{TODAY + days * DAY:%d.%m.%Y}"}
    answer = client.post(f"/luottotiedot/{row.uuid}/ilmoitettu/", given)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"on"}


def test_what_was_recorded_of_a_notice_stays(decision: Decision) -> None:
    with system_access():
        row = services.note_notice(weighed(decision), TODAY, today=TODAY)
        row.noticed_on = None
        with refused_by("credit_check_kept"):
            row.save(update_fields=["noticed_on"])


def test_nobody_was_told_before_it_was_weighed(decision: Decision) -> None:
    with system_access():
        row = checked(decision)
        row.noticed_on, row.assessed_at = TODAY, row.made_at
        row.measure, row.reason = Measure.DEPOSIT, "Merkintä on tuore."
        with refused_by("credit_check_kept"):
            row.save()


def test_the_notice_is_recorded_on_its_page(decision: Decision) -> None:
    client = sign_in(Client(), make_user(Role.VAL))
    with system_access():
        row = weighed(decision)
    page, here = f"/luottotiedot/valinta/{decision.uuid}/", f"/luottotiedot/{row.uuid}/ilmoitettu/"
    assert "Ilmoita luottotietojen käytöstä" in read(client, "/") and here in read(client, page)
    late = client.post(here, {"on": f"{TODAY + DAY:%d.%m.%Y}"})
    assert late.status_code == 422 and set(late.context["form"].errors) == {"on"}
    assert client.post(here, {"on": f"{TODAY:%d.%m.%Y}"})["Location"] == page
    found = read(client, page)
    assert "Ilmoitettu henkilölle" in found and here not in found
    assert "Ilmoita luottotietojen käytöstä" not in read(client, "/")


def test_DP_A47_a_notice_opens_to_those_of_its_case_alone(decision: Decision) -> None:
    chooser, letting = make_user(Role.VAL), make_user(Role.SOP)
    with system_access():
        row = checked(decision)
    with acting(chooser):
        services.assess(row, Measure.DEPOSIT, "Merkintä on tuore.", today=TODAY)
        notice = papers.order_notice(queries.check_by(row.uuid, TODAY))
        assert documents.document_by_uuid(notice.uuid).pk == notice.pk
    with acting(letting), pytest.raises(ObjectDenied):
        documents.document_by_uuid(notice.uuid)
