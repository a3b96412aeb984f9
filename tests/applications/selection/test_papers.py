"""The memorandum of a choice on paper, and how long what was decided is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from applications.intake.codes import Situation
from applications.intake.models import Income, Member
from applications.selection import letters, papers, services
from applications.selection.kept import judged
from applications.selection.models import (
    Assessment,
    Compared,
    Decision,
    Offer,
    OfferChannel,
    OutOfOrder,
    SkipReason,
)
from applications.selection.services import Choice
from leases.homes.models import Flat
from registry.persons.models import Address, AddressKind, Person
from registry.protection.services import PlainAddress, set_contact_address
from registry.retention import starts
from registry.retention.queries import lengths
from registry.retention.starts import Kept
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    site,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.leases.contracts.paperwork import lacking, made, pdf, text
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.access.errors import FunctionDenied, ObjectDenied
from vuokra.accounts.models import User
from vuokra.documents import queries as documents
from vuokra.documents.models import Document
from vuokra.policy.roles import Role
from vuokra.policy.sources import Source
from vuokra.rules import services as rules
from vuokra.rules.registry import spec
from vuokra.ui import formatting

__all__ = ["company", "files", "flat", "site", "stair"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "files")]


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.VAL)


@pytest.fixture
def decision(flat: Flat, clerk: User) -> Decision:
    with system_access():
        round_ = choosing(flat)
        poor, rich, over = applicants("1000", "2000", "9000")
    choice = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on viisi tyhjää asuntoa.")
    with acting(clerk):
        services.skip(round_, poor, SkipReason.NOT_REACHED, "Soitettu kolmesti.", today=TODAY)
        services.skip(round_, over, SkipReason.OTHER, "Tulot liian suuret.", today=TODAY)
        return services.decide(round_, rich, choice, today=TODAY)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("fi", ["Valintamuistio", "Asunnontarve", "Ei tavoitettu", "Tulot ylittävät", "ja se on sama",
             "tarve, tulot, varallisuus"]),
     ("en", ["Memorandum of a choice", "Need", "and is the same"])],
)  # fmt: skip
def test_the_memorandum_says_what_was_compared_and_why(
    clerk: User, decision: Decision, language: str, wanted: list[str]
) -> None:
    found = text(clerk, made(ordered(clerk, decision, language)))
    common = ["Koulukatu 5 A 2", "Talossa on viisi tyhjää asuntoa.", "1 000,00 €", "3 540,00 €",
              str(decision.chosen)[:8], decision.digest[:32], "P10"]  # fmt: skip
    assert lacking(found, common + wanted) == []


def test_the_memorandum_tells_what_its_codes_mean_each_once(flat: Flat, clerk: User) -> None:
    with system_access():
        round_ = choosing(flat)
        urgent, *_rest = applicants("1000", "2000", situations=("A2", "B7"))
        applicants_of_another_need = applicants("3000", situations=("B5",))
        assert applicants_of_another_need
    with acting(clerk):
        decision = services.decide(round_, urgent, Choice(), today=TODAY)
    found = " ".join(text(clerk, made(ordered(clerk, decision))).split())
    told = found.split("Tarpeen koodit")[1].split("Säännöt")[0]
    for code, words in [
        ("1", "Erittäin kiireellinen"), ("2", "Kiireellinen"),
        ("A2", Situation.SHELTER.label), ("B5", Situation.COSTLY.label),
    ]:  # fmt: skip
        assert told.count(f"{code} {words}") == 1, (code, told)
    assert "A3" not in told and "Muu tarve" not in told, "codes that stand in it alone"


def test_numbers_of_rules_are_written_as_other_numbers() -> None:
    assert papers._value(spec("income_limit.first_adult"), "3540.00") == "3\N{NO-BREAK SPACE}540,00"


def ordered(clerk: User, decision: Decision, language: str = "fi") -> Document:
    with acting(clerk):
        return papers.order_memorandum(decision, language)


def test_the_memorandum_names_nobody_and_is_the_same_later(clerk: User, decision: Decision) -> None:
    first = text(clerk, made(ordered(clerk, decision)))
    assert "Hakija Numero" not in first and "Numero2" not in first
    with system_access():
        rules.add_version("income_limit.first_adult", Decimal(900), TODAY, source="Koe")
        income = Income.objects.get(member__application=decision.application)
        income.euros = Decimal(77)
        income.save()
        services.assess_due(TODAY)
    assert text(clerk, made(ordered(clerk, decision))) == first


def test_T7_the_memorandum_stands_whole_and_tells_not_who_is_hidden(
    clerk: User, decision: Decision
) -> None:
    """The file for the supervisor is the same whoever came under turvakielto (decision 13): the
    page of the order hides the place, and the paper has no word of whose it is."""
    first = text(clerk, made(ordered(clerk, decision)))
    with system_access():
        for compared in Compared.objects.exclude(application=decision.application):
            assert compared.application is not None
            ban(compared.application.members.get().person)
    again = text(clerk, made(ordered(clerk, decision)))
    assert again == first and "1 000,00 €" in again
    assert "urvakiel" not in again and "tietoja et näe" not in again


def test_the_memorandum_is_accessible(clerk: User, decision: Decision) -> None:
    document = made(ordered(clerk, decision))
    assert b"pdfuaid" in pdf(clerk, document)


def test_who_takes_no_part_in_selections_orders_none(decision: Decision) -> None:
    with acting(make_user(Role.TAL)), pytest.raises(FunctionDenied):
        papers.order_memorandum(decision)


def test_when_an_application_was_compared_and_chosen(decision: Decision, clerk: User) -> None:
    other = make_user(Role.VAL)
    application = decision.application
    assert application is not None
    with system_access():
        compared = [one.application_id for one in decision.compared.all()]
        assert judged([application.pk])[application.pk].chosen is None
        assert {one.compared for one in judged(compared).values()} == {TODAY}
    with acting(other):
        services.approve(decision, today=TODAY)
        offer = services.offer(decision, channel=OfferChannel.PHONE, answer_by=TODAY, today=TODAY)
        services.accept(offer, answered_on=TODAY, today=TODAY)
    with system_access():
        assert judged([application.pk])[application.pk].chosen == TODAY
        row = Assessment.objects.get(application=application)
        kept = told(row)
    assert (kept.code, kept.until is None or kept.until > date(2028, 1, 1)) == ("R2", True)


def told(row: Assessment) -> Kept:
    table = Assessment._meta.db_table
    return starts.kept({table: [row.pk]}, lengths(TODAY), TODAY)[table, row.pk]


@pytest.fixture
def offer(decision: Decision) -> Offer:
    with acting(make_user(Role.VAL)):
        services.approve(decision, today=TODAY)
        return services.offer(
            decision, channel=OfferChannel.LETTER, answer_by=TODAY + 7 * DAY, today=TODAY
        )


def addressed(offer: Offer) -> Person:
    """The applicant, with an address for letters; in the open context."""
    person = Member.objects.get(application=offer.application).person
    Address.objects.create(
        person=person, kind=AddressKind.HOME, street="Hillatie 1", postal_code="97999",
        town="Hillakoski", valid_from=TODAY - DAY,
    )  # fmt: skip
    return person


def test_an_offer_is_a_letter_that_tells_the_flat_and_the_last_day(
    clerk: User, offer: Offer
) -> None:
    with system_access():
        addressed(offer)
    with acting(clerk):
        document = letters.order_offer(offer)
    found = text(clerk, made(document))
    wanted = ["Koulukatu 5 A 2", "600,00 €", formatting.date(offer.answer_by), "Hillatie 1",
              "ei heikennä asemaasi"]  # fmt: skip
    assert lacking(found, wanted) == []


def test_an_answered_offer_is_no_letter(clerk: User, offer: Offer) -> None:
    with acting(clerk):
        done = services.accept(offer, answered_on=TODAY, today=TODAY)
        with pytest.raises(ValidationError):
            letters.order_offer(done)


def test_under_turvakielto_the_letter_names_no_flat(offer: Offer) -> None:
    with system_access():
        person = addressed(offer)
        ban(person)
        set_contact_address(
            person, PlainAddress("PL 31", "97999", "Hillakoski"), source=Source.PERSON,
            valid_from=date(2026, 10, 1),
        )  # fmt: skip
    both = make_user(Role.VAL, Role.HAK)
    with acting(both):
        document = letters.order_offer(offer)
    found = text(both, made(document))
    assert "Koulukatu" not in found
    assert lacking(found, ["PL 31", "puhelimessa tai toimistossa", "600,00 €"]) == []


def test_DP_T4_who_may_not_open_a_protected_address_opens_no_memorandum_of_that_home(
    decision: Decision,
) -> None:
    both, leader = make_user(Role.VAL, Role.HAK), make_user(Role.JOH)
    with system_access():
        ban(Member.objects.get(application=decision.application).person)
    document = made(ordered(both, decision))
    assert "Koulukatu" in text(both, document)
    with acting(leader), pytest.raises(ObjectDenied):
        documents.document_by_uuid(document.uuid)
    with acting(leader):
        assert documents.documents_in_matter(document.reference) == []
