"""Files of people for an authority, and files with the approver's own people in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from registry.disclosures import queries, services
from registry.disclosures.models import BasisKind, ExportRequest, Recipient
from registry.disclosures.services import Fit, Wish
from registry.persons.models import Person, TieKind
from registry.persons.outgoing import Taking
from registry.persons.services.standing import record_tie
from tests.people import sign_in, system_access
from tests.registry.disclosures.conftest import SignedIn, acting, basis, today
from tests.registry.disclosures.test_exports import (
    FLAT,
    LIST,
    OUT,
    asked,
    body_of,
    disclosures,
    three,
    url_of,
)
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose

__all__ = ["three"]

LAW = {"saados": "Poliisilaki 872/2011", "pykala": "4:2 §"}


@pytest.fixture
def station(police: Recipient) -> Recipient:
    """An authority whose statute allows names and telephones."""
    with system_access():
        basis(
            police, kind=BasisKind.STATUTE, reference="Poliisilaki 872/2011", section="4:2 §",
            valid_to=None, codes=sorted(FLAT), purposes=list(Purpose),
        )  # fmt: skip
    return police


def test_S7_05_a_file_for_an_authority_tells_its_law(
    signed_in: SignedIn, three: list[Person], station: Recipient
) -> None:
    clerk, registrar = signed_in("SOP"), signed_in("REK")
    shown = clerk.post(f"{LIST}valitut/", {"toimi": "vienti", "kaikki": "1"}).content.decode()
    assert 'name="saados"' in shown
    wish = {"vastaanottaja": str(station.pk), "asia": "5680/R/1"}
    bare = clerk.post(OUT, {"muoto": "csv", **wish, "pykala": "4:2 §"})
    assert bare.status_code == 422
    assert "Kirjoita säädös ja pykälä" in bare.content.decode()
    row = asked(clerk, **wish, **LAW)
    assert "Poliisilaki 872/2011 4:2 §" in registrar.get(url_of(row)).content.decode()
    registrar.post(url_of(row, "hyvaksy/"))
    body_of(clerk.post(url_of(row, "lataa/")))
    (kept,) = disclosures()
    assert (kept.statute, kept.section) == (LAW["saados"], LAW["pykala"])


def test_the_law_is_asked_where_an_authority_is_among_them(
    signed_in: SignedIn, three: list[Person], agency: Recipient
) -> None:
    page = signed_in("SOP").post(f"{LIST}valitut/", {"toimi": "vienti", "kaikki": "1"})
    assert 'name="saados"' not in page.content.decode()


def test_the_database_wants_the_law_of_an_export(
    three: list[Person], station: Recipient, clerk: User
) -> None:
    people = tuple(one.pk for one in three)
    with acting(clerk):
        wish = Wish(recipient=station, purpose=Purpose.OIKEUDET, statute="Poliisilaki")
        taking = Taking("persons:list", people, FLAT, "csv")
        with pytest.raises(DatabaseError, match="export_by_law"), transaction.atomic():
            services.ask_export(taking, wish, Fit(people, FLAT, None))


# -- one's own people --------------------------------------------------------------------------


def test_DP_A2_nobody_decides_on_a_file_with_his_own_people(
    three: list[Person], clerk: User, registrar: User, director: User
) -> None:
    people = tuple(one.pk for one in three)
    now = timezone.now()
    with acting(clerk):
        wish = Wish(recipient=None, purpose=Purpose.SOPIMUS)
        taking = Taking("persons:list", people, FLAT, "csv")
        asked = services.ask_export(taking, wish, Fit(people, FLAT, None))
    with acting(registrar):
        assert queries.exports_to_decide(registrar.pk).exists()
        assert queries.export_by_id(asked.pk, now=now).may_decide
    with system_access():
        record_tie(
            three[0], registrar.pk, TieKind.HOUSEHOLD, valid_from=today() - timedelta(days=9)
        )
    with acting(registrar):
        assert not queries.exports_to_decide(registrar.pk).exists()
        assert not queries.export_by_id(asked.pk, now=now).may_decide
        for decide in (
            lambda: services.approve_export(asked, now=now, today=today()),
            lambda: services.refuse_export(asked, note="Ei", now=now),
        ):
            with pytest.raises(ValidationError) as caught:
                decide()
            assert caught.value.code == "tied"
    page = sign_in(Client(), registrar).get(url_of(asked)).content.decode()
    assert "Toinen hyväksyjä päättää tästä" in page
    assert "Hyväksy vienti" not in page
    with acting(director):
        services.approve_export(
            ExportRequest.objects.get(pk=asked.pk), now=timezone.now(), today=today()
        )


def test_a_colleague_among_the_people_of_a_file_bars_nobody(
    three: list[Person], clerk: User, registrar: User, director: User
) -> None:
    """The whole list has every tenant on the staff in it: somebody must be able to decide."""
    people = tuple(one.pk for one in three)
    with acting(clerk):
        taking = Taking("persons:list", people, FLAT, "csv")
        wish = Wish(recipient=None, purpose=Purpose.SOPIMUS)
        asked = services.ask_export(taking, wish, Fit(people, FLAT, None))
    with system_access():
        record_tie(three[0], director.pk, TieKind.OWN, valid_from=today() - timedelta(days=9))
    with acting(registrar):
        assert queries.export_by_id(asked.pk, now=timezone.now()).may_decide
        services.approve_export(asked, now=timezone.now(), today=today())


def test_DP_A2_ones_own_people_are_not_named_to_the_one_who_approves(
    three: list[Person], clerk: User, registrar: User
) -> None:
    people = tuple(one.pk for one in three)
    with acting(clerk):
        taking = Taking("persons:list", people, FLAT, "csv")
        wish = Wish(recipient=None, purpose=Purpose.SOPIMUS)
        asked = services.ask_export(taking, wish, Fit(people, FLAT, None))
    with acting(registrar):
        assert queries.people_of_export(asked) == three
    with system_access():
        record_tie(
            three[0], registrar.pk, TieKind.HOUSEHOLD, valid_from=today() - timedelta(days=9)
        )
    with acting(registrar):
        assert queries.people_of_export(asked) == three[1:]
