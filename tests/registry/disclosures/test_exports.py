"""Files of people: for whom, recorded by themselves, approved by another when there are many."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from registry.disclosures import queries, services
from registry.disclosures.desk import export_rows
from registry.disclosures.models import (
    Category,
    Disclosure,
    ExportRequest,
    ExportState,
    Recipient,
)
from registry.disclosures.rule_rows import APPROVED_PEOPLE
from registry.disclosures.services import Fit, Wish
from registry.persons.models import Ground, Mark, MarkKind, Person
from registry.persons.outgoing import Taking
from tests.people import make_user, sign_in, system_access
from tests.registry.consents.conftest import SURVEYS, forbid
from tests.registry.disclosures.conftest import (
    SignedIn,
    acting,
    basis,
    company,
    given,
    invented,
    someone,
    today,
)
from tests.registry.protection.conftest import ban, one_person
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose, Role
from vuokra.rules.services import add_version

LIST = "/henkilot/"
FLAT = frozenset({"PT-NIMI", "PT-PUH"})
OUT = f"{LIST}vienti/"


@pytest.fixture
def few(db: None) -> None:
    """Two people are many."""
    with system_access():
        add_version(APPROVED_PEOPLE, 2, today() - timedelta(days=1), source="testi")


@pytest.fixture
def three(db: None) -> list[Person]:
    with system_access():
        return [invented("Aalto", "Aino"), someone("Berg"), someone("Carlstedt")]


def body_of(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def rows_of(data: bytes) -> list[list[str]]:
    return [line.split(";") for line in data.decode("utf-8-sig").strip().split("\r\n")]


def disclosures() -> Iterator[Disclosure]:
    with system_access():
        yield from Disclosure.objects.order_by("pk")


# -- at once -----------------------------------------------------------------------------------


def test_a_copy_for_own_use_records_itself(signed_in: SignedIn, three: list[Person]) -> None:
    data = body_of(
        signed_in("SOP").post(OUT, {"muoto": "csv", "reason": "P3", "reason_text": "Kirjeet"})
    )
    (row,) = disclosures()
    with system_access():
        assert row.recipient is None
        assert {link.person for link in row.people.all()} == set(three)
        assert row.copy.sha256 == hashlib.sha256(data).hexdigest()
        assert row.copy.size == len(data)
        assert (row.purpose, row.note, row.by.username) == ("P3", "Kirjeet", "sop")
        assert {"PT-NIMI", "PT-PUH", "PT-OSOITE", "HK-ASNRO"} <= set(row.codes)


def test_a_file_that_did_not_leave_whole_says_so(
    signed_in: SignedIn, three: list[Person], registrar: User
) -> None:
    signed_in("SOP").post(OUT, {"muoto": "csv"})  # nobody read the answer
    (row,) = disclosures()
    with acting(registrar):
        line = queries.disclosure_by_id(row.pk)
        assert not line.whole
        assert [str(one) for one in line.remarks] == ["tiedosto ei lähtenyt kokonaan"]


def test_for_a_recipient_only_the_columns_of_its_basis_leave(
    signed_in: SignedIn, three: list[Person], agency: Recipient
) -> None:
    page = signed_in("SOP").post(OUT, {"muoto": "csv", "vastaanottaja": str(agency.pk)})
    rows = rows_of(body_of(page))
    assert rows[0] == [
        "sukunimi", "etunimet", "kutsumanimi", "asiointikieli", "puhelin", "katuosoite",
        "postinumero", "postitoimipaikka", "maa",
    ]  # fmt: skip
    (row,) = disclosures()
    with system_access():
        assert row.recipient == agency
        assert row.basis == agency.bases.get()
        assert row.codes == ["PT-NIMI", "PT-OSOITE", "PT-PUH"]


def test_DP_A60_a_recipient_whose_agreement_ended_is_refused_with_nothing_lost(
    signed_in: SignedIn, three: list[Person]
) -> None:
    with system_access():
        over = company()
        basis(over, valid_to=today() - timedelta(days=1))
    data = {
        "muoto": "csv", "vastaanottaja": str(over.pk), "asia": "TM 1", "reason": "P3",
        "reason_text": "Kirjeet", "alku": "A",
    }  # fmt: skip
    page = signed_in("SOP").post(OUT, data)
    text = page.content.decode()
    assert page.status_code == 422
    assert "ei ole voimassa olevaa sopimusta" in text
    assert 'value="TM 1"' in text
    assert 'value="Kirjeet"' in text
    assert '<input type="hidden" name="alku" value="A">' in text
    assert not list(disclosures())
    assert f'value="{over.pk}"' not in text


def test_DP_A19_a_contractor_is_refused_a_list(
    signed_in: SignedIn, three: list[Person], doors: Recipient
) -> None:
    with system_access():
        row = doors.bases.get()
        services.end_basis(row, last_day=today())
        basis(doors, reference="AV-32", purposes=list(Purpose))
    client = signed_in("SOP")
    house = {"muoto": "csv", "vastaanottaja": str(doors.pk), "asia": "TM 1"}
    page = client.post(OUT, house)
    assert page.status_code == 422
    assert "ei anneta asukasluetteloa" in page.content.decode()
    assert not list(disclosures())
    one = client.post(OUT, house | {"valittu": three[0].public_id})
    assert [line[0] for line in rows_of(body_of(one))][1:] == ["Aalto"]
    assert client.post(OUT, house | {"valittu": three[0].public_id, "asia": ""}).status_code == 422


def test_DP_S9_07_who_objected_is_left_out_of_what_goes_to_a_survey(
    db: None, agency: Recipient, clerk: User
) -> None:
    """A prohibition binds disclosure too; another purpose it does not touch."""
    with system_access():
        first = invented("Aalto", "Aino")
        second = invented("Berg", "Bertta", "311299-903B")
        forbid(second, SURVEYS)
        people = (first.pk, second.pk)
    taking = Taking("persons:list", people, frozenset({"PT-NIMI", "PT-PUH"}), "csv")
    with acting(clerk):
        survey = services.Wish(recipient=agency, purpose=Purpose.KYSELY)
        assert services.fit(taking, survey, today=today()).people == (first.pk,)
        work = services.Wish(recipient=agency, purpose=Purpose.SOPIMUS)
        assert services.fit(taking, work, today=today()).people == people
        by_hand = given(agency, second, purpose=Purpose.KYSELY)
        with pytest.raises(ValidationError) as caught:
            services.record_disclosure(by_hand, today=today())
        assert caught.value.code == "people"


def test_DP_S9_07_anothers_marketing_needs_a_consent(db: None, clerk: User) -> None:
    """Nobody is given out for another's advertising without having said yes to it."""
    with system_access():
        silent = invented("Aalto", "Aino")
    asked = {
        "codes": ["PT-NIMI", "PT-EMAIL"], "purpose": Purpose.MARKKINOINTI, "today": today(),
    }  # fmt: skip
    with acting(clerk):
        for category in (Category.THIRD_COUNTRY, Category.PROCESSOR):
            found = queries.screen([silent.pk], category=category, **asked)  # type: ignore[arg-type]
            assert found.kept == ()
            assert found.objecting == {silent.pk}


# -- approved by another -----------------------------------------------------------------------


def asked(client: Client, **changes: str) -> ExportRequest:
    page = client.post(OUT, {"muoto": "csv", "reason": "P3", "reason_text": "Kirjeet", **changes})
    assert page.status_code == 302, page.content.decode()
    with system_access():
        row = ExportRequest.objects.latest("pk")
    assert page["Location"] == url_of(row)
    return row


def url_of(row: ExportRequest, step: str = "") -> str:
    return f"/luovutukset/viennit/{row.pk}/{step}"


@pytest.mark.usefixtures("few")
def test_many_people_leave_when_another_has_approved_and_once(
    signed_in: SignedIn, three: list[Person]
) -> None:
    clerk, registrar = signed_in("SOP"), signed_in("REK")
    shown = clerk.post(f"{LIST}valitut/", {"toimi": "vienti", "kaikki": "1"}).content.decode()
    assert "tarvitsee toisen henkilön hyväksynnän" in shown
    row = asked(clerk)
    assert not list(disclosures())
    assert clerk.post(url_of(row, "lataa/")).status_code == 302  # nothing yet
    assert "Aalto" in registrar.get(url_of(row)).content.decode()
    registrar.post(url_of(row, "hyvaksy/"))
    data = body_of(clerk.post(url_of(row, "lataa/")))
    assert [line[1] for line in rows_of(data)][1:] == ["Aalto", "Berg", "Carlstedt"]
    (kept,) = disclosures()
    with system_access():
        row.refresh_from_db()
        assert (row.state, row.disclosure) == (ExportState.TAKEN, kept)
        assert kept.approved_by.username == "rek"
        assert kept.copy.sha256 == hashlib.sha256(data).hexdigest()
    again = clerk.post(url_of(row, "lataa/"), follow=True).content.decode()
    assert "Tiedostoa ei voi ladata" in again
    assert len(list(disclosures())) == 1


@pytest.mark.usefixtures("few")
def test_nobody_approves_ones_own(signed_in: SignedIn, three: list[Person]) -> None:
    registrar = signed_in("REK")
    row = asked(registrar, reason="P14")
    page = registrar.get(url_of(row)).content.decode()
    assert "Hyväksy vienti" not in page
    text = registrar.post(url_of(row, "hyvaksy/"), follow=True).content.decode()
    assert "Toisen henkilön on hyväksyttävä" in text
    with system_access():
        row.refresh_from_db()
        assert row.state == ExportState.WAITING
    assert signed_in("SOP").post(url_of(row, "hyvaksy/")).status_code == 403
    signed_in("JOH").post(url_of(row, "hyvaksy/"))
    with system_access():
        row.refresh_from_db()
        assert row.state == ExportState.APPROVED


@pytest.mark.usefixtures("few")
def test_the_database_holds_it_too(
    signed_in: SignedIn, three: list[Person], clerk: User, registrar: User
) -> None:
    """Own approval, another's name, an approver without the right, a second download."""
    row = asked(sign_in(Client(), clerk))
    now = timezone.now()

    def turn(actor: User, **changes: object) -> None:
        with acting(actor):
            own = ExportRequest.objects.get(pk=row.pk)
            for name, value in changes.items():
                setattr(own, name, value)
            own.save()

    approved = {"state": "approved", "decided_at": now, "expires_at": now + timedelta(days=1)}
    other = make_user(Role.SOP, username="muu")
    for actor, by in ((clerk, clerk), (clerk, registrar), (other, other)):
        with pytest.raises(DatabaseError):
            turn(actor, decided_by=by, **approved)
    turn(registrar, decided_by=registrar, **approved)
    with pytest.raises(DatabaseError):
        turn(registrar, persons=[three[0].pk])
    with pytest.raises(DatabaseError):
        turn(registrar, state="waiting", decided_by=None, decided_at=None, expires_at=None)


@pytest.mark.usefixtures("few")
def test_an_approved_one_stands_in_sight_over_a_weeks_end(
    signed_in: SignedIn, three: list[Person], clerk: User
) -> None:
    row = asked(sign_in(Client(), clerk))
    signed_in("REK").post(url_of(row, "hyvaksy/"))
    with acting(clerk):
        found = [
            one for one in export_rows(current().actor, today()) if one.key.startswith("lataa")
        ]
    assert [one.soon for one in found] == [True]


@pytest.mark.usefixtures("few")
def test_what_changed_meanwhile_holds(signed_in: SignedIn, three: list[Person]) -> None:
    """Who is protected or restricted by now is not in the file, nor told to have been."""
    clerk = signed_in("SOP")
    row = asked(clerk)
    signed_in("REK").post(url_of(row, "hyvaksy/"))
    with system_access():
        ban(three[0])
        Mark.objects.create(
            person=three[1], kind=MarkKind.RESTRICTION, ground=Ground.ACCURACY, valid_from=today()
        )
        someone("Äskettäin")
    data = body_of(clerk.post(url_of(row, "lataa/")))
    assert [line[1] for line in rows_of(data)][1:] == ["Carlstedt"]
    (kept,) = disclosures()
    with system_access():
        assert [link.person for link in kept.people.all()] == [three[2]]


@pytest.mark.usefixtures("few")
def test_DP_A60_an_agreement_that_ended_after_the_approval(
    signed_in: SignedIn, three: list[Person], agency: Recipient
) -> None:
    clerk = signed_in("SOP")
    row = asked(clerk, vastaanottaja=str(agency.pk))
    signed_in("REK").post(url_of(row, "hyvaksy/"))
    with system_access():
        services.end_basis(agency.bases.get(), last_day=today() - timedelta(days=1))
    page = clerk.post(url_of(row, "lataa/"), follow=True)
    assert "Tietoja ei enää luovuteta" in page.content.decode()
    assert not list(disclosures())


@pytest.mark.usefixtures("few")
def test_an_approval_is_for_a_time(three: list[Person], clerk: User, registrar: User) -> None:
    row = asked(sign_in(Client(), clerk))
    now = timezone.now()
    with acting(registrar):
        services.approve_export(
            ExportRequest.objects.get(pk=row.pk), now=now - timedelta(days=3), today=today()
        )
    with acting(clerk), pytest.raises(ValidationError) as caught, transaction.atomic():
        services.take_out(ExportRequest.objects.get(pk=row.pk), now=now, today=today())
    assert caught.value.code == "late"
    page = sign_in(Client(), clerk).get(url_of(row)).content.decode()
    assert "Vanhentunut" in page
    assert "Lataa tiedosto" not in page


@pytest.mark.usefixtures("few")
def test_a_refusal_says_why_and_is_the_end(signed_in: SignedIn, three: list[Person]) -> None:
    clerk, registrar = signed_in("SOP"), signed_in("REK")
    row = asked(clerk)
    assert registrar.post(url_of(row, "hylkaa/"), {"note": " "}).status_code == 422
    registrar.post(url_of(row, "hylkaa/"), {"note": "Rajaa hakijoihin"})
    text = clerk.get(url_of(row)).content.decode()
    assert "Rajaa hakijoihin" in text
    assert "Lataa tiedosto" not in text
    registrar.post(url_of(row, "hyvaksy/"))
    with system_access():
        row.refresh_from_db()
        assert row.state == ExportState.REFUSED


@pytest.mark.usefixtures("few")
def test_a_request_is_seen_by_who_asked_and_who_approves(
    signed_in: SignedIn, three: list[Person]
) -> None:
    row = asked(signed_in("SOP"))
    other = sign_in(Client(), make_user(Role.SOP, username="sop2"))
    assert other.get(url_of(row)).status_code == 404
    assert other.post(url_of(row, "lataa/")).status_code == 404
    assert f"/viennit/{row.pk}/" not in other.get("/luovutukset/viennit/").content.decode()
    assert f"/viennit/{row.pk}/" in signed_in("JOH").get("/luovutukset/viennit/").content.decode()


@pytest.mark.usefixtures("few")
def test_only_who_asked_takes_it_out(three: list[Person], clerk: User, registrar: User) -> None:
    row = asked(sign_in(Client(), clerk))
    with acting(registrar):
        services.approve_export(
            ExportRequest.objects.get(pk=row.pk), now=timezone.now(), today=today()
        )
    with acting(registrar), pytest.raises(ObjectDenied):
        services.take_out(ExportRequest.objects.get(pk=row.pk), now=timezone.now(), today=today())


@pytest.mark.usefixtures("few")
def test_DP_A52_two_who_approve_each_others_exports_are_told(
    three: list[Person], registrar: User, other_registrar: User
) -> None:
    first, second = registrar, other_registrar

    def round_of(asker: User, approver: User) -> None:
        row = asked(sign_in(Client(), asker), reason="P14")
        with acting(approver):
            services.approve_export(
                ExportRequest.objects.get(pk=row.pk), now=timezone.now(), today=today()
            )

    def found() -> list[tuple[int, int, int]]:
        with system_access():
            return [
                (one.first, one.second, one.times)
                for one in queries.mutual_approvals(now=timezone.now(), today=today())
            ]

    round_of(first, second)
    round_of(second, first)
    assert found() == []  # once each is allowed
    round_of(first, second)
    assert found() == [(first.pk, second.pk, 3)]


def test_the_number_is_a_rule_of_the_company(three: list[Person], clerk: User) -> None:
    """A hundred without approval, as the seed says, and not one more."""

    def needed(count: int) -> bool:
        wish = Wish(recipient=None, purpose=Purpose.SOPIMUS)
        return services.needs_approval(wish, Fit(tuple(range(count)), FLAT, None), today=today())

    with acting(clerk):
        assert not needed(100)
        assert needed(101)


def test_what_was_taken_out_today_counts(three: list[Person], clerk: User) -> None:
    """A hundred people in one file or in many: splitting does not pass the second person by."""
    people, wish = tuple(one.pk for one in three), Wish(recipient=None, purpose=Purpose.SOPIMUS)

    def needed(count: int) -> bool:
        fit = Fit(tuple(range(count)), FLAT, None)
        return services.needs_approval(wish, fit, today=today())

    with acting(clerk):
        taking = Taking("persons:list", people, FLAT, "csv")
        services.record_export(taking, wish, Fit(people, FLAT, None))
        assert needed(98)
        assert not needed(97)


def test_a_file_for_an_authority_or_of_class_c_needs_another(
    police: Recipient, three: list[Person], clerk: User
) -> None:
    one = (three[0].pk,)
    with acting(clerk):
        to_police = Wish(recipient=police, purpose=Purpose.OIKEUDET)
        own_use = Wish(recipient=None, purpose=Purpose.SOPIMUS)
        assert services.needs_approval(to_police, Fit(one, FLAT, None), today=today())
        codes = frozenset({"PT-HETU"})
        assert services.needs_approval(own_use, Fit(one, codes, None), today=today())


def test_two_files_taken_at_once_count_each_other(committed_db: str) -> None:
    """Each alone is under the limit, both are over it: the second waits for the first."""
    clerk = make_user(Role.SOP, username="virkailija")
    with system_access():
        add_version(APPROVED_PEOPLE, 3, today() - timedelta(days=1), source="testi")
        people = tuple(someone(name).pk for name in ("Aalto", "Berg"))
    taking = Taking("persons:list", people, FLAT, "csv")
    wish, found = Wish(recipient=None, purpose=Purpose.SOPIMUS), Fit(people, FLAT, None)
    needed: list[bool] = []

    def second() -> None:
        try:
            with acting(clerk):
                needed.append(services.needs_approval(wish, found, today=today()))
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with acting(clerk):
        assert not services.needs_approval(wish, found, today=today())
        other.start()
        other.join(1.0)
        assert other.is_alive(), "it waits until the first file is recorded"
        services.record_export(taking, wish, found)
    other.join(20)
    assert needed == [True]


@pytest.mark.usefixtures("few")
def test_another_account_of_who_asked_does_not_approve_it(
    three: list[Person], clerk: User, registrar: User
) -> None:
    one_person(clerk, registrar)
    row = asked(sign_in(Client(), clerk))
    with acting(registrar), pytest.raises(ValidationError) as caught:
        services.approve_export(
            ExportRequest.objects.get(pk=row.pk), now=timezone.now(), today=today()
        )
    assert caught.value.code == "own"
