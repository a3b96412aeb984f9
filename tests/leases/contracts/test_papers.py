"""The papers of leases: what the law demands of each stands in it, and nothing that may not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leases.contracts import papers, services
from leases.contracts.models import ComponentKind, HouseRules, Lease, Notice
from leases.contracts.papers import ordering, sections
from leases.contracts.papers.ordering import Printed
from leases.contracts.papers.sections import Place, Section
from leases.contracts.rules.notice import Document as Paper
from leases.contracts.rules.notice import Method
from leases.contracts.rules.persons import Role
from leases.contracts.rules.rescission import Conduct, Ground
from leases.contracts.services import NoticeDetails
from leases.homes import services as of_homes
from leases.homes.models import Flat, Key, KeyKind, Premises, Stair
from registry.persons.models import Language, Person, Source
from registry.protection.models import ContactAddress
from tests.leases.contracts.conftest import (
    DAY,
    TODAY,
    concluded,
    drafted,
    invented,
    make_flat,
    refused_by,
)
from tests.leases.contracts.paperwork import (
    lacking,
    made,
    pdf,
    printed,
    reader,
    row_of,
    text,
    texts,
)
from tests.people import make_user, system_access
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.access.errors import FunctionDenied
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import User
from vuokra.documents import queries as documents
from vuokra.documents.errors import Fault
from vuokra.documents.models import Document, State
from vuokra.policy.roles import Role as StaffRole

__all__ = ["company", "files"]
pytestmark = pytest.mark.usefixtures("company", "files")

CODE, OTHER_CODE, THIRD_CODE = "150685-906N", "010190-903T", "010190-904U"
HOME = "Koulukatu 5 A 2"
STARTS = date(2026, 12, 1)
TERMS = "Autopaikka 3 kuuluu sopimukseen."


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(StaffRole.SOP)


@pytest.fixture
def guarantor(db: None) -> Person:
    with system_access():
        return invented("Takala", "Toivo", THIRD_CODE)


@pytest.fixture
def lease(flat: Flat, person: Person, other: Person, guarantor: Person) -> Lease:
    """Two tenants and a guarantor, everything agreed on; it waits for their signatures."""
    with system_access():
        row = drafted(flat, person, other, starts_on=STARTS, clauses=TERMS, due_day=5)
        services.add_party(row, guarantor, Role.GUARANTOR, today=TODAY, limit_eur=Decimal(2000))
        water = ComponentKind.WATER_PERSON
        services.set_component(row, water, Decimal("22.00"), today=TODAY, quantity=2)
        services.make_ready(row, today=TODAY)
        return Lease.objects.get(pk=row.pk)


@pytest.fixture
def old(stair: Stair, person: Person) -> Lease:
    """A lease of the time before the reform."""
    with system_access():
        return concluded(make_flat(stair, 9), person, starts_on=date(2020, 3, 1))


def noticed(lease: Lease, document: Paper, **details: object) -> Notice:
    given = NoticeDetails(document=document, **details)  # type: ignore[arg-type]  # a test's keywords
    with system_access():
        return services.record_notice(lease, given, today=TODAY)


def served(lease: Lease, document: Paper, **details: object) -> Notice:
    notice = noticed(lease, document, **details)
    with system_access():
        return services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)


def to_serve(clerk: User, lease: Lease, notice: Notice, language: str = "fi") -> str:
    """The text of what is served to the first who is served."""
    with acting(clerk):
        ordered = ordering.order_notice(row_of(lease), notice, today=TODAY, language=language)
    return text(clerk, made(ordered[0]))


# -- the lease ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("fi", ["Vuokranantaja", "Kanssavuokralainen", "yhteisvastuullisesti", "Toistaiseksi",
                "irtisanomisaika on 1 kuukausi", "vähintään 2 vuotta, 4 kuukautta",
                "Yhteensä", "kuukauden 5. päivä",
                "Henkilöluvun mukaan", "Lemmikit Sallittu", "1.10.2026 alkaen",
                "Paikka ja aika", "Huoneistotyyppi", "Liitteet", "Järjestyssäännöt"]),
        ("en", ["Landlord", "Co-tenant", "jointly and severally", "Open-ended",
                "notice period is 1 month", "at least 2 years", "4 months", "Total",
                "day 5 of the month", "after 1.10.2026", "Place and date", "Annexes",
                "House rules"]),
    ],
)  # fmt: skip
def test_the_lease_says_what_a_lease_must(
    clerk: User, lease: Lease, language: str, wanted: list[str]
) -> None:
    (document,) = printed(clerk, lease, Printed.LEASE, language)
    found = text(clerk, document)
    common = [
        str(lease.number), "Marjukka Anneli Lehtovaara", "Aarne Olavi Koskiaho", CODE, OTHER_CODE,
        HOME, "97999 Hillakoski", "2h+k, 54,5 m²", "1.12.2026", "650,00 €", "44,00 €", "694,00 €",
        TERMS, "0000001-9", "Toivo Takala",
    ]  # fmt: skip
    assert lacking(found, common + wanted) == []
    assert THIRD_CODE not in found, "the guarantor's code stands in the guarantee alone"
    assert "LUONNOS" not in found and "04912" not in found


def test_it_is_accessible_and_names_nobody_in_its_title(clerk: User, lease: Lease) -> None:
    for paper in (Printed.LEASE, Printed.GUARANTEE, Printed.HOUSEHOLD, Printed.RULES):
        (document,) = printed(clerk, lease, paper, "fi")
        found = reader(pdf(clerk, document))
        root = found.trailer["/Root"]
        assert root["/StructTreeRoot"] and root["/MarkInfo"]["/Marked"].value  # type: ignore[index]
        metadata = root["/Metadata"].get_data().decode()  # type: ignore[index]
        assert "pdfuaid" in metadata and "Lehtovaara" not in metadata


def test_a_draft_is_marked_and_shows_no_code_nor_line_to_sign(
    clerk: User, flat: Flat, person: Person
) -> None:
    with system_access():
        row = drafted(flat, person, starts_on=STARTS)
    (document,) = printed(clerk, row, Printed.LEASE)
    found = text(clerk, document)
    assert "LUONNOS" in found and CODE not in found and "Paikka ja aika" not in found
    with system_access():
        services.cancel(row, "Perui", today=TODAY)
    with acting(clerk), pytest.raises(ValidationError):
        ordering.order(row_of(row), Printed.LEASE)


def test_what_was_signed_is_printed_though_more_was_agreed_later(
    clerk: User, lease: Lease, stair: Stair
) -> None:
    with system_access():
        signing = papers.contract.lease_data(about(lease))
        for party in lease.parties.all():
            services.sign(party, on=TODAY, today=TODAY)
        later = invented("Muuttaja", "Maija", "010190-905V")
        services.add_party(Lease.objects.get(pk=lease.pk), later, Role.OCCUPANT, today=TODAY)
        lease.components.create(
            kind=ComponentKind.SAUNA, price_eur=Decimal("12.00"), valid_from=date(2027, 2, 1)
        )
        signed = papers.contract.lease_data(about(lease))
        annex = papers.annexes.household_data(about(lease))
    moved = {"copy", "signers", "residents"}
    assert {key: one for key, one in signed.items() if key not in moved} == {
        key: one for key, one in signing.items() if key not in moved
    }
    assert signed["residents"] == signing["residents"]
    assert "Muuttaja" in str(annex["residents"]) and "Muuttaja" not in str(signed)
    assert all("Allekirjoittanut" in one[2] for one in signed["signers"][1:])
    (document,) = printed(clerk, lease, Printed.LEASE)
    assert "Tuloste rekisteristä" in text(clerk, document)


def test_a_reprint_tells_the_flat_as_it_was_agreed_on(lease: Lease, guarantor: Person) -> None:
    """The street got another name, the flat was measured anew and a key was lost: the lease and the
    guarantee say what was signed, a letter of today and a draft say how it is."""
    flat = lease.flat
    with system_access():
        Key.objects.create(
            site=flat.stair.building.site, flat=flat, serial="AV-1", kind=KeyKind.FLAT
        )
        services.reopen(lease, today=TODAY)
        row = services.make_ready(Lease.objects.get(pk=lease.pk), today=TODAY)
        about_guarantor = Document(about_id=row.pk, subject_id=guarantor.pk)
        before = papers.contract.lease_data(about(row))["flat"]
        agreed = papers.contract.guarantee_data(about_guarantor)["lease"]
        for party in row.parties.all():
            if party.signs:
                services.sign(party, on=TODAY, today=TODAY)
        building = flat.stair.building
        building.street = "Uusikatu"
        of_homes.save_building(building)
        changed = Flat.objects.get(pk=flat.pk)
        changed.area += 3
        of_homes.save_flat(changed)
        of_homes.lose_key(Key.objects.get(), on=TODAY, today=TODAY)
        assert papers.contract.lease_data(about(row))["flat"] == before
        assert papers.contract.guarantee_data(about_guarantor)["lease"] == agreed
        assert "Koulukatu" in str(before) and "Uusikatu" not in str(before)
        assert "Uusikatu" in str(papers.annexes.household_data(about(row))["flat"])
        draft = drafted(make_flat(flat.stair, 12), guarantor)
        assert "Uusikatu" in str(papers.contract.lease_data(about(draft))["flat"])


def test_what_a_lease_told_of_its_flat_stays(lease: Lease) -> None:
    told = lease.premises
    assert told is not None and told.address == lease.flat.address
    with system_access():
        told.area += 1
        with refused_by("homes_premises_kept"):
            told.save()
        lease.premises = Premises.objects.create(
            flat=lease.flat, address="Muu 1", postal_code="00100", town="Muu", rooms=1,
            kitchen="kk", sauna=False, area=Decimal(20), keys=1,
        )  # fmt: skip
        with refused_by("contracts_lease_fixed"):
            lease.save(update_fields=["premises"])


def about(lease: Lease) -> Document:
    return Document(about_id=lease.pk, subject_id=None)


def test_an_older_lease_follows_the_law_of_its_day(clerk: User, old: Lease) -> None:
    (document,) = printed(clerk, old, Printed.LEASE)
    found = text(clerk, document)
    assert lacking(found, ["vähintään 1 vuosi, 6 kuukautta", "viimeistään 30.9.2026"]) == []


def test_rooms_add_sections(clerk: User, lease: Lease, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sections._sections, Place.LEASE, [])
    papers.register_section(
        Place.LEASE, 20, lambda row: Section("Vakuus", ["Maksetaan ennen."], [["Määrä", "650 €"]])
    )
    papers.register_section(Place.LEASE, 10, lambda row: None)
    (document,) = printed(clerk, lease, Printed.LEASE)
    assert lacking(text(clerk, document), ["Vakuus", "Maksetaan ennen.", "Määrä 650 €"]) == []


def test_names_print_as_they_are_written(clerk: User, flat: Flat, person: Person) -> None:
    with system_access():
        person.surname, person.given_names = 'Żółć #eval("x") Øster', "Łukasz *Ştefan*"
        person.save()
        row = drafted(flat, person, starts_on=STARTS)
        services.make_ready(row, today=TODAY)
    (document,) = printed(clerk, row, Printed.LEASE)
    assert lacking(text(clerk, document), ['Łukasz *Ştefan* Żółć #eval("x") Øster']) == []


def test_the_language_is_the_tenants_unless_another_is_asked_for(
    clerk: User, lease: Lease, person: Person
) -> None:
    with system_access():
        person.language = Language.ENGLISH
        person.save()
    (own,) = printed(clerk, lease, Printed.LEASE)
    (asked,) = printed(clerk, lease, Printed.LEASE, "fi")
    assert (own.language, asked.language) == ("en", "fi")


# -- annexes and the guarantee -----------------------------------------------------------------


def test_the_guarantee_is_of_one_guarantor(clerk: User, lease: Lease) -> None:
    for language, word in (("fi", "Enimmäismäärä"), ("en", "Maximum amount")):
        (document,) = printed(clerk, lease, Printed.GUARANTEE, language)
        found = text(clerk, document)
        wanted = ["Toivo Takala", THIRD_CODE, "2 000,00 €", "694,00 €", str(lease.number), word]
        assert lacking(found, wanted) == []
        assert CODE not in found and OTHER_CODE not in found


def test_annexes(clerk: User, lease: Lease) -> None:
    for language, heading in (("fi", "Asukkaat"), ("en", "Residents")):
        (document,) = printed(clerk, lease, Printed.HOUSEHOLD, language)
        found = text(clerk, document)
        assert lacking(found, [heading, "Aarne Olavi Koskiaho", "694,00 €", HOME]) == []
        assert CODE not in found
    (document,) = printed(clerk, lease, Printed.CLAUSES)
    assert lacking(text(clerk, document), [TERMS, "Paikka ja aika"]) == []
    (document,) = printed(clerk, lease, Printed.RULES, "en")
    assert lacking(text(clerk, document), ["House rules", "10 p.m."]) == []


class Tomorrow:
    """The clock of a paper that is printed tomorrow."""

    @staticmethod
    def localdate(moment: datetime | None = None) -> date:
        return TODAY + DAY if moment is None else timezone.localdate(moment)


def test_the_company_changes_its_house_rules_and_old_leases_keep_theirs(
    lease: Lease, stair: Stair, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with system_access():
        draft = drafted(make_flat(stair, 12), person)
        first = papers.annexes.rules_data(about(lease))
        assert first == papers.annexes.rules_data(about(draft))
        assert [one["title"] for one in first["parts"]][:2] == ["", "Yleistä"]
        with pytest.raises(ValidationError, match="aikaisintaan"):
            services.publish_house_rules(
                HouseRules(valid_from=TODAY - DAY, finnish="Muu.", english="Other."), today=TODAY
            )
        new = HouseRules(valid_from=TODAY + DAY, finnish="Uusi.\n\n# Yö\nHiljaa.", english="New.")
        services.publish_house_rules(new, today=TODAY)
        monkeypatch.setattr(papers.annexes, "timezone", Tomorrow)
        assert papers.annexes.rules_data(about(lease)) == first
        assert papers.annexes.rules_data(about(draft))["parts"] == [
            {"title": "", "paragraphs": ["Uusi."]}, {"title": "Yö", "paragraphs": ["Hiljaa."]},
        ]  # fmt: skip


def test_house_rules_that_were_published_stay(db: None) -> None:
    with system_access():
        known = HouseRules.objects.get()
        known.finnish = "Muu."
        with refused_by("contracts_house_rules_kept"):
            known.save()
        with refused_by("contracts_house_rules_kept"):
            known.delete()


# -- papers that end it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("fi", ["Irtisanomisaika on 1 kuukausi", "Puolet huoneistosta vapaana 4.1.2027",
                "Koko huoneisto vapaana 5.1.2027", "lopputarkastuksesta", "avaimet", "siivoa"]),
        ("en", ["notice period is 1 month", "Half of the flat vacated by 4.1.2027",
                "The whole flat vacated by 5.1.2027", "final inspection", "key", "clean"]),
    ],
)  # fmt: skip
def test_TEN_K01_the_confirmation_tells_the_days(
    clerk: User, old: Lease, language: str, wanted: list[str]
) -> None:
    served(old, Paper.TENANT_NOTICE)
    (document,) = printed(clerk, old, Printed.CONFIRMATION, language)
    found = text(clerk, document)
    assert lacking(found, ["31.12.2026", "Marjukka Lehtovaara", *wanted]) == []
    assert CODE not in found


def test_TEN_K06_both_laws_are_told_when_they_differ(clerk: User, old: Lease) -> None:
    notice = served(old, Paper.LANDLORD_NOTICE, ground="Peruskorjaus", stated_end=date(2027, 5, 31))
    (document,) = printed(clerk, old, Printed.CONFIRMATION)
    both = ["31.5.2027", "6 kuukautta", "4 kuukautta", "31.3.2027", "edullisempaa"]
    assert lacking(text(clerk, document), both) == []
    assert lacking(to_serve(clerk, old, notice), both) == []


def test_an_agreed_end_is_confirmed_to_each_tenant(
    clerk: User, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        row = concluded(flat, person, other)
        services.agree_end(row, on=date(2026, 12, 15), today=TODAY)
    found = texts(clerk, printed(clerk, row, Printed.CONFIRMATION))
    assert len(found) == 2 and all("Olemme sopineet" in one for one in found)
    assert "Koskiaho" not in found[0] and "Lehtovaara" not in found[1]


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_landlords_notice_has_end_ground_and_the_right_to_challenge(
    clerk: User, old: Lease, language: str
) -> None:
    notice = noticed(
        old, Paper.LANDLORD_NOTICE, ground="Huoneisto peruskorjataan.", stated_end=date(2027, 5, 31)
    )
    found = to_serve(clerk, old, notice, language)
    right = {"fi": "3 kuukauden kuluessa", "en": "within 3 months"}[language]
    assert lacking(found, ["31.5.2027", "Huoneisto peruskorjataan.", right, "1.6.2027"]) == []
    assert CODE not in found


def test_a_warning_and_a_rescission_say_the_ground(clerk: User, old: Lease) -> None:
    warning = noticed(old, Paper.WARNING, breach="4", ground="Melu öisin 1.11. ja 3.11.")
    found = to_serve(clerk, old, warning)
    assert lacking(found, ["Varoitus", "häiritsevää elämää", "Melu öisin", "62 §"]) == []
    unpaid = Conduct(ground=Ground.PAYMENT, happened_on=TODAY, unpaid=Decimal("1950.00"))
    details = NoticeDetails(document=Paper.RESCISSION, ground="Vuokrat 9–11/2026 maksamatta.")
    with system_access():
        ending = services.record_rescission(old, details, unpaid, today=TODAY)
    found = to_serve(clerk, old, ending)
    wanted = ["Puramme", "ei ole maksettu", "1 kohta", "9–11/2026", "1 950,00 €", "heti", "häätöä"]
    assert lacking(found, wanted) == []
    assert "rescind" in to_serve(clerk, old, ending, "en")


def test_what_cannot_be_served_is_not_printed(clerk: User, old: Lease) -> None:
    """TEN-K09 and an end day before the law allows."""
    cases = {
        "not_offered": noticed(old, Paper.TENANT_NOTICE),
        "ineffective": noticed(old, Paper.LANDLORD_NOTICE, ground="Peruskorjaus"),
        "early": noticed(
            old, Paper.LANDLORD_NOTICE, ground="Peruskorjaus", stated_end=date(2027, 3, 31)
        ),
    }
    for code, notice in cases.items():
        with acting(clerk), pytest.raises(ValidationError) as refused:
            ordering.order_notice(row_of(old), notice, today=TODAY)
        assert refused.value.code == code


# -- who sees what -----------------------------------------------------------------------------


def test_codes_are_not_for_whoever_may_not_open_one(clerk: User, lease: Lease) -> None:
    printed(clerk, lease, Printed.LEASE)
    printed(clerk, lease, Printed.HOUSEHOLD)
    seen = {}
    for role in (StaffRole.SOP, StaffRole.TAL, StaffRole.JOH, StaffRole.HUO):
        with acting(make_user(role, username=role.value.lower())):
            lines = documents.documents_in_matter(f"VS-{lease.number}")
            seen[role] = {line.document.kind for line in lines}
    both = {"leases.lease", "leases.household"}
    assert seen[StaffRole.SOP] == seen[StaffRole.TAL] == both
    assert seen[StaffRole.JOH] == {"leases.household"} and seen[StaffRole.HUO] == set()


def test_whoever_only_reads_leases_orders_nothing(lease: Lease) -> None:
    with acting(make_user(StaffRole.TAL)), pytest.raises(FunctionDenied):
        ordering.order(row_of(lease), Printed.LEASE)


def test_opening_names_every_party_and_making_records_the_codes(
    clerk: User, lease: Lease, person: Person, other: Person
) -> None:
    (document,) = printed(clerk, lease, Printed.LEASE)
    pdf(clerk, document)
    with system_access():
        making, opening = AccessEvent.objects.filter(actor_id=clerk.pk).order_by("-pk")[:2][::-1]
    assert {person.pk, other.pk} <= set(making.subjects)
    assert any(
        seen["table"] == "registry_persons_identity" and seen["kind"] == "reveal"
        for seen in making.detail
    )
    assert {person.pk, other.pk} <= set(opening.subjects)


def test_turvakielto_the_contract_names_the_home_for_those_alone_who_may_open_it(
    clerk: User, lease: Lease, person: Person
) -> None:
    with system_access():
        ban(person)
    (document,) = printed(clerk, lease, Printed.LEASE, "fi")
    found = text(clerk, document)
    assert HOME in found and "Asiakirja annetaan vain vuokralaisille" in found
    assert "04912" not in found and "@example.fi" not in found
    (guarantee,) = printed(clerk, lease, Printed.GUARANTEE, "fi")
    assert HOME not in text(clerk, guarantee)
    reading = make_user(StaffRole.TAL, username="taloudenhoitaja")
    with acting(reading):
        kinds = {line.document.kind for line in documents.documents_in_matter(f"VS-{lease.number}")}
    assert "leases.lease" not in kinds


def test_turvakielto_letters_name_no_flat_and_go_to_the_contact_address(
    clerk: User, old: Lease, person: Person
) -> None:
    notice = served(old, Paper.LANDLORD_NOTICE, ground="Peruskorjaus", stated_end=date(2027, 5, 31))
    with system_access():
        ban(person)
    (refused,) = printed(clerk, old, Printed.CONFIRMATION)
    assert (refused.state, refused.fault) == (State.FAILED, Fault.DELIVERY)
    with system_access():
        ContactAddress.objects.create(
            person=person, street="PL 12", postal_code="97990", town="Kivikylä",
            valid_from=date(2026, 1, 1), source=Source.PERSON,
        )  # fmt: skip
    (document,) = printed(clerk, old, Printed.CONFIRMATION)
    for found in (text(clerk, document), to_serve(clerk, old, notice)):
        assert "PL 12" in found and "Koulukatu" not in found
