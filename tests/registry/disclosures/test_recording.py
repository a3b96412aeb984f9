"""Recording: what is refused, what is kept, and that nothing of it is changed afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from registry.disclosures import queries, services
from registry.disclosures.models import (
    BasisKind,
    Category,
    Channel,
    Correction,
    DisclosedPerson,
    Disclosure,
    DisclosureBasis,
    Instrument,
    Recipient,
    RestrictionGround,
)
from registry.disclosures.services import Copy, Given
from registry.duplicates.services import Choices, merge
from registry.households.models import Household, Membership
from registry.persons.models import Ground, Mark, MarkKind, Person
from tests.people import make_user, system_access
from tests.registry.disclosures.conftest import (
    CODE,
    acting,
    basis,
    company,
    given,
    invented,
    someone,
    today,
)
from tests.registry.protection.conftest import ban
from vuokra.access.errors import FunctionDenied
from vuokra.access.models import AccessEvent
from vuokra.access.stated import bulk_write
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose, Role


def record(*arguments: object, **changes: object) -> Disclosure:
    return services.record_disclosure(given(*arguments, **changes), today=today())  # type: ignore[arg-type]


def refused(*arguments: object, **changes: object) -> str:
    """The code of a refusal; nothing is kept of what was refused."""
    before = Disclosure.objects.count()
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        record(*arguments, **changes)
    assert Disclosure.objects.count() == before
    return str(caught.value.code)


def live_together(*people: Person) -> None:
    household = Household.objects.create()
    for one in people:
        Membership.objects.create(
            household=household, person=one, valid_from=today() - timedelta(days=9)
        )


# -- what is kept ------------------------------------------------------------------------------


def test_SY_03_who_got_what_when_why_and_from_whom(
    doors: Recipient, person: Person, clerk: User
) -> None:
    with acting(clerk) as ctx:
        row = record(doors, person, copy=Copy("ab" * 32, 99))
        assert ctx.subjects == {person.pk}
    with system_access():
        kept = Disclosure.objects.get(pk=row.pk)
        assert (kept.recipient, kept.by, kept.purpose) == (doors, clerk, Purpose.KUNNOSSAPITO)
        assert kept.basis == doors.bases.get()
        assert kept.codes == ["PT-NIMI", "PT-PUH"]
        assert [link.person for link in kept.people.all()] == [person]
        assert kept.copy.sha256 == "ab" * 32
        assert (kept.asked_by, kept.call_back, kept.reference) == (
            "Päivystäjä", "049 000 0000", "TM 12",
        )  # fmt: skip


@pytest.mark.smoke
def test_rows_are_added_and_never_changed(doors: Recipient, person: Person) -> None:
    with system_access():
        row = record(doors, person, copy=Copy("ab" * 32, 99))
        link = row.people.get()

    def fails(change: str) -> None:
        with system_access(), pytest.raises(DatabaseError), transaction.atomic():
            if change == "update":
                row.note = "toinen"
                row.save()
            elif change == "delete":
                row.delete()
            elif change == "unlink":
                link.delete()
            elif change == "relink":
                with bulk_write("a test"):
                    DisclosedPerson.objects.update(person_id=link.person_id)
            elif change == "digest":
                row.copy.sha256 = "cd" * 32
                row.copy.save()
            else:
                extra = DisclosedPerson(disclosure=row, person=someone("Lisätty"))
                extra.save(force_insert=True)

    for change in ("update", "unlink", "relink", "digest", "add"):
        fails(change)
    with system_access(), pytest.raises(Exception), transaction.atomic():  # noqa: B017  (protected first)
        row.delete()


def test_the_number_of_people_is_that_of_the_links(doors: Recipient, person: Person) -> None:
    """A row that names more people than it links does not get past the end of the transaction."""
    with pytest.raises(DatabaseError), system_access():
        Disclosure.objects.create(
            at="2026-11-01T10:00:00Z", recipient=doors, basis=doors.bases.get(), purpose="P6",
            codes=["PT-NIMI"], person_count=2, channel=Channel.PHONE, origin="test",
        )  # fmt: skip


def test_it_is_recorded_in_ones_own_name(
    doors: Recipient, person: Person, clerk: User, registrar: User
) -> None:
    with pytest.raises(ProgrammingError), acting(clerk):
        Disclosure.objects.create(
            at="2026-11-01T10:00:00Z", recipient=doors, basis=doors.bases.get(), purpose="P6",
            codes=["PT-NIMI"], person_count=0, channel=Channel.PHONE, origin="test",
            by=registrar,
        )  # fmt: skip


def correct(wrong: Disclosure, right: Given, *, void: bool = False) -> Disclosure | Correction:
    return services.correct_disclosure(wrong, right, void=void, today=today())


def test_a_mistake_is_corrected_by_a_new_row(
    doors: Recipient, person: Person, registrar: User, clerk: User
) -> None:
    with acting(clerk):
        row = record(doors, person)
    right = given(doors, person, codes=["PT-NIMI"], note="Puhelinta ei annettu")
    with acting(clerk), pytest.raises(FunctionDenied):
        correct(row, right)
    with acting(registrar):
        with pytest.raises(ValidationError):
            correct(row, given(doors, person, note=" "))
        new = correct(row, right)
        assert isinstance(new, Disclosure)
        with pytest.raises(ValidationError):
            correct(row, right)
        assert queries.given_to(person) == {doors.pk: frozenset({"PT-NIMI"})}
        correct(new, given(doors, person, note="Väärä henkilö"), void=True)
        assert queries.given_to(person) == {}
        assert queries.recipients_of(person) == []
        assert Disclosure.objects.count() == 3


def test_what_was_given_follows_a_merged_record(doors: Recipient, registrar: User) -> None:
    from django.utils import timezone

    with system_access():
        older, newer = invented(), someone("Lehtovaara")
        record(doors, newer)
        merge(older, newer, Choices(), reason="Sama henkilö kahdesti.", now=timezone.now())
        older.refresh_from_db()
        assert [one.recipient for one in queries.recipients_of(older)] == [doors]
        assert queries.lines_of(older, 1).paginator.count == 1


# -- what is refused ---------------------------------------------------------------------------


@pytest.mark.usefixtures("db")
def test_S7_01_no_basis_no_disclosure(person: Person, clerk: User) -> None:
    with system_access():
        nobody = company()
    with acting(clerk):
        assert refused(nobody, person) == "recipient"


def test_DP_A60_the_day_after_the_agreement_ends(person: Person, clerk: User) -> None:
    with system_access():
        recipient = company()
        basis(recipient, valid_to=today())
    with acting(clerk):
        record(recipient, person)
        late = today() + timedelta(days=1)
        with pytest.raises(ValidationError) as caught:
            services.record_disclosure(given(recipient, person), today=late)
        assert caught.value.code == "recipient"
        assert "päättyi" in str(caught.value.messages[0])


def test_DP_A19_a_contractor_gets_no_list_of_residents(
    doors: Recipient, person: Person, clerk: User
) -> None:
    with system_access():
        mate, neighbour = someone("Kämppis"), someone("Naapuri")
        live_together(person, mate)
    with acting(clerk):
        assert refused(doors, person, neighbour) == "people"
        assert refused(doors, person, reference="") == "reference"
        record(doors, person, mate)


def test_S7_03_identity_codes_need_approval_and_go_to_collection_alone(
    agency: Recipient, person: Person, clerk: User, director: User
) -> None:
    with system_access():
        printer = company("Kirjapaino Oy", Category.PROCESSOR)
        basis(printer, codes=["PT-NIMI", "PT-HETU"], purposes=[Purpose.PERINTA])
    hetu = {"codes": ["PT-NIMI", "PT-HETU"], "purpose": Purpose.PERINTA}
    with acting(clerk):
        assert refused(agency, person, **hetu) == "approval"
        assert refused(agency, person, approved_by=clerk.pk, **hetu) == "approval"
        assert refused(printer, person, approved_by=director.pk, **hetu) == "codes"
        row = record(agency, person, approved_by=director.pk, **hetu)
    with system_access():
        assert row.approved_by == director


def test_an_approver_has_the_right_to(agency: Recipient, person: Person, clerk: User) -> None:
    other = make_user(Role.SOP, username="toinen")
    with pytest.raises(DatabaseError), acting(clerk):
        record(agency, person, purpose=Purpose.PERINTA, approved_by=other.pk, codes=["PT-HETU"])


def test_turvakielto_keeps_contact_details_from_all_but_authorities(
    doors: Recipient, agency: Recipient, person: Person, clerk: User
) -> None:
    with system_access():
        ban(person)
    with acting(clerk):
        assert refused(doors, person, codes=["PT-NIMI"]) == "people"
        assert refused(agency, person, purpose=Purpose.PERINTA) == "people"
        record(agency, person, purpose=Purpose.PERINTA, codes=["PT-NIMI"])


def test_DP_A35_restricted_data_stay_unless_a_ground_is_told(
    agency: Recipient, person: Person, clerk: User
) -> None:
    with system_access():
        Mark.objects.create(
            person=person, kind=MarkKind.RESTRICTION, ground=Ground.ACCURACY, valid_from=today()
        )
    with acting(clerk):
        assert refused(agency, person, purpose=Purpose.PERINTA) == "restriction"
        row = record(agency, person, purpose=Purpose.PERINTA, restriction=RestrictionGround.CLAIMS)
        assert row.restriction == RestrictionGround.CLAIMS


def test_what_was_given_without_a_basis_is_told_and_raises_an_alarm(
    person: Person, clerk: User
) -> None:
    with system_access():
        nobody = company()
    with acting(clerk):
        row = record(nobody, person, irregular=True)
    with system_access():
        assert row.irregular
        assert AccessEvent.objects.filter(alarm=True, subjects__contains=[person.pk]).exists()


@pytest.mark.parametrize("name", ["note", "reference", "asked_by", "call_back"])
def test_DP_A12_no_identity_code_in_a_text(
    doors: Recipient, person: Person, clerk: User, name: str
) -> None:
    with acting(clerk):
        assert refused(doors, person, **{name: f"asiakas {CODE}"}) == "hetu_in_text"


def test_nobody_and_nothing_are_refused(doors: Recipient, person: Person, clerk: User) -> None:
    with acting(clerk):
        assert refused(doors) == "people"
        with pytest.raises(ValueError):
            record(doors, person, codes=["PT-KEKSITTY"], irregular=True)


def test_who_may_not_see_people_records_nothing(doors: Recipient, person: Person) -> None:
    main = make_user(Role.PAA, username="paakayttaja")
    with acting(main), pytest.raises(FunctionDenied):
        record(doors, person)


# -- recipients --------------------------------------------------------------------------------


def test_a_basis_is_approved_by_the_registrar(doors: Recipient, clerk: User) -> None:
    with acting(clerk), pytest.raises(FunctionDenied):
        basis(doors)
    with pytest.raises(DatabaseError), acting(clerk):
        DisclosureBasis.objects.create(
            recipient=doors, kind=BasisKind.NOTE, reference="x", codes=["PT-NIMI"],
            purposes=["P6"], valid_from=today(), approved_by=clerk,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("category", "country", "changes", "code"),
    [
        (Category.DOORS, "FI", {"kind": BasisKind.STATUTE, "section": "1 §"},
         "disclosures_basis_fits"),
        (Category.DOORS, "FI", {"codes": ["PT-EMAIL"]}, "codes"),
        (Category.DOORS, "FI", {"valid_to": None}, "disclosures_basis_agreement_ends"),
        (Category.PROCESSOR, "FI", {"codes": []}, "disclosures_basis_codes"),
        (Category.PROCESSOR, "FI", {"purposes": []}, "disclosures_basis_purposes"),
        (Category.PROCESSOR, "FI", {"reference": " "}, "disclosures_basis_reference"),
        (Category.PROCESSOR, "FI", {"instrument": Instrument.CLAUSES},
         "disclosures_basis_transfer"),
        (Category.AUTHORITY, "FI", {"kind": BasisKind.STATUTE}, "disclosures_basis_section"),
        (Category.GROUP, "FI", {"kind": BasisKind.BALANCE}, "disclosures_basis_codes"),
        (Category.THIRD_COUNTRY, "US", {}, "disclosures_basis_transfer"),
    ],
)  # fmt: skip
def test_S7_04_what_is_no_basis_is_not_entered(
    registrar: User, category: Category, country: str, changes: dict[str, object], code: str
) -> None:
    with acting(registrar):
        recipient = company(category=category, country=country)
        with pytest.raises(ValidationError) as caught:
            basis(recipient, **changes)
        assert caught.value.code == code
        assert not recipient.bases.exists()


def test_S7_07_country_and_category_go_together(registrar: User) -> None:
    with acting(registrar):
        for category, country in ((Category.PROCESSOR, "US"), (Category.THIRD_COUNTRY, "SE")):
            with pytest.raises(ValidationError):
                company(category=category, country=country)


def test_a_basis_is_ended_and_not_changed(doors: Recipient, registrar: User) -> None:
    with acting(registrar):
        row = doors.bases.get()
        services.end_basis(row, last_day=today())
        with pytest.raises(ValidationError):
            services.end_basis(row, last_day=today() + timedelta(days=9))
        row.refresh_from_db()
        row.codes = ["PT-HETU"]
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "Toinen Oy"), ("category", Category.PROCESSOR), ("country", "SE"),
     ("collects", True)],
)  # fmt: skip
def test_a_recipient_with_bases_stays_who_it_is(
    doors: Recipient, registrar: User, field: str, value: object
) -> None:
    """Else what was approved for one would serve another."""
    same: dict[str, object] = {
        "name": doors.name, "category": Category.DOORS, "country": "FI", "collects": False,
    }  # fmt: skip
    with acting(registrar):
        with pytest.raises(ValidationError) as caught:
            services.save_recipient(doors, contact="", **same | {field: value})  # type: ignore[arg-type]
        assert caught.value.code == field
        setattr(doors, field, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            doors.save()
        doors.refresh_from_db()
        services.save_recipient(doors, contact="049 000 0009", **same)  # type: ignore[arg-type]


def test_DP_A18_an_authority_gets_nothing_of_one_clerk_alone(
    police: Recipient, person: Person, clerk: User
) -> None:
    """Not even with a basis in force: the way is that of its requests."""
    with system_access():
        basis(
            police, kind=BasisKind.STATUTE, section="4:2 §", valid_to=None,
            codes=["PT-NIMI", "PT-PUH"], purposes=[Purpose.KUNNOSSAPITO],
        )  # fmt: skip
    with acting(clerk):
        assert refused(police, person) == "recipient"
        with pytest.raises(DatabaseError), transaction.atomic():
            Disclosure.objects.create(
                recipient=police, codes=["PT-NIMI"], purpose=Purpose.KUNNOSSAPITO, person_count=0,
                channel=Channel.PHONE, by=clerk, at=timezone.now(), origin="disclosures:form",
            )  # fmt: skip
        record(police, person, irregular=True)  # given all the same: told, with an alarm


def test_S7_05_an_authority_gets_nothing_without_statute_and_section(
    police: Recipient, person: Person, clerk: User, director: User
) -> None:
    law = {"statute": "Poliisilaki 872/2011", "section": "4:2 §"}
    approved = {"approved_by": director.pk, "purpose": Purpose.OIKEUDET}
    with acting(clerk):
        for missing in ("statute", "section"):
            assert refused(police, person, **approved, **law | {missing: " "}) == "statute"
        with pytest.raises(DatabaseError, match="authority_by_law"), transaction.atomic():
            Disclosure.objects.create(
                recipient=police, codes=["PT-NIMI"], purpose=Purpose.OIKEUDET, person_count=0,
                channel=Channel.FILE, by=clerk, approved_by=director, at=timezone.now(),
                origin="persons:list", statute=law["statute"],
            )  # fmt: skip
        record(police, person, **approved, **law)


def test_a_recipient_that_was_given_data_keeps_its_name(
    person: Person, clerk: User, registrar: User
) -> None:
    """Also without a basis: a disclosure tells who got the data."""
    with system_access():
        recipient = company("Kuuran Saneeraus Oy")
    same: dict[str, object] = {
        "name": recipient.name, "category": Category.DOORS, "country": "FI", "collects": False,
    }  # fmt: skip
    with acting(registrar):
        services.save_recipient(recipient, contact="", **same | {"name": "Kuuran Remontit Oy"})  # type: ignore[arg-type]
    with acting(clerk):
        record(recipient, person, irregular=True)
    with acting(registrar):
        with pytest.raises(ValidationError) as caught:
            services.save_recipient(recipient, contact="", **same)  # type: ignore[arg-type]
        assert caught.value.code == "name"
        recipient.name = "Aivan toinen Oy"
        with pytest.raises(DatabaseError, match="recipient_stays"), transaction.atomic():
            recipient.save()


def test_nobody_approves_a_disclosure_of_his_own(person: Person, registrar: User) -> None:
    with acting(registrar), pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.create(
            codes=["PT-NIMI"], purpose=Purpose.OIKEUDET, person_count=0, channel=Channel.FILE,
            by=registrar, approved_by=registrar, at=timezone.now(), origin="disclosures:form",
        )  # fmt: skip
