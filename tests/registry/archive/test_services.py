"""Paper: recorded, lent in one's own name, destroyed by two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from registry.archive import queries, services
from registry.archive.models import AfterScan, Destruction, Loan, PaperFile, PaperKind, Store
from registry.archive.rule_rows import scanned
from registry.archive.services import Details
from registry.persons.models import Ground, Mark, MarkKind, Person
from tests.people import make_user, system_access
from tests.registry.archive.conftest import TODAY, acting, papers
from tests.registry.protection.conftest import ban
from vuokra.access.errors import FunctionDenied
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose, Role
from vuokra.rules.models import RuleVersion
from vuokra.rules.services import add_version

RETENTION, SCANNED = Destruction.Ground.RETENTION, Destruction.Ground.SCANNED


def destroy(file: PaperFile, witness: User, **changes: object) -> Destruction:
    given: dict[str, object] = {
        "ground": RETENTION, "method": Destruction.Method.SHREDDED, "destroyed_on": TODAY,
        "witness_id": witness.pk, "today": TODAY,
    }  # fmt: skip
    return services.record_destruction(file, **given | changes)  # type: ignore[arg-type]  # a test's keywords


def borrow(file: PaperFile, days: int = 7) -> Loan:
    return services.borrow(
        file, purpose=Purpose.HAKEMUS, due=TODAY + timedelta(days=days), today=TODAY
    )


def code_of(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(error.value.error_list[0].code if not hasattr(error.value, "error_dict") else "")


# -- papers and places ---------------------------------------------------------------------------


def test_papers_of_a_kind_that_one_may_not_read_are_not_recorded(
    person: Person, store: Store
) -> None:
    with acting(make_user(Role.SOP)) as ctx, pytest.raises(FunctionDenied):
        papers(person, store)
    assert ctx.notes["missing"] == ["need:READ"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"covers_to": TODAY - timedelta(days=5000)}, None),
        ({"covers_from": TODAY + timedelta(days=1), "covers_to": None}, "covers_from"),
        ({"scanned_on": TODAY}, "after_scan"),
        ({"after_scan": AfterScan.ARCHIVED}, "scanned_on"),
        ({"label": "150685-906N"}, None),
    ],
)
def test_wrong_papers_are_refused_in_words(
    person: Person, store: Store, changes: dict[str, object], field: str | None
) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        papers(person, store, **changes)
    if field:
        assert list(refused.value.error_dict) == [field]
    with system_access():
        assert not PaperFile.objects.exists()


def test_a_place_with_papers_stays_in_use(application: PaperFile, store: Store) -> None:
    store.closed_on = TODAY
    with system_access(), pytest.raises(ValidationError) as refused:
        services.save_store(store)
    assert "closed_on" in refused.value.error_dict


def test_a_place_out_of_use_takes_no_papers(person: Person, store: Store) -> None:
    with system_access():
        store.closed_on = TODAY
        services.save_store(store)
        with pytest.raises(ValidationError) as refused:
            papers(person, store)
    assert "store" in refused.value.error_dict


@pytest.mark.parametrize("code", ["a b", "-1", "Å–1"])
def test_codes_of_places_are_plain(db: None, code: str) -> None:
    with system_access(), pytest.raises(ValidationError):
        services.save_store(Store(code=code, kind="box", room="Kellari", lock="room"))


# -- loans ---------------------------------------------------------------------------------------


def test_S8_03_a_loan_is_in_ones_own_name_for_a_purpose(
    application: PaperFile, clerk: User, colleague: User
) -> None:
    with acting(clerk) as ctx:
        loan = borrow(application)
        assert (loan.borrower_id, loan.purpose) == (clerk.pk, Purpose.HAKEMUS)
        assert ctx.purpose is Purpose.HAKEMUS
    with acting(colleague), pytest.raises(ValidationError) as refused:
        borrow(application)
    assert code_of(refused) == "archive_loan_one"
    with acting(colleague):
        services.give_back(Loan.objects.get())
    with acting(colleague):
        assert borrow(application).borrower_id == colleague.pk


def test_S8_03_nobody_borrows_what_he_may_not_read(application: PaperFile) -> None:
    with acting(make_user(Role.SOP)), pytest.raises(FunctionDenied):
        borrow(application)


def test_a_loan_ends_in_the_future(application: PaperFile, clerk: User) -> None:
    with acting(clerk), pytest.raises(ValidationError) as refused:
        borrow(application, days=-1)
    assert "due" in refused.value.error_dict


def test_the_database_refuses_a_loan_in_anothers_name(
    application: PaperFile, clerk: User, colleague: User
) -> None:
    with acting(clerk), pytest.raises(DatabaseError, match="own name"), transaction.atomic():
        Loan.objects.create(
            file=application, borrower=colleague, purpose=Purpose.HAKEMUS, due=TODAY
        )


def test_the_database_keeps_the_log_of_loans(application: PaperFile, clerk: User) -> None:
    with acting(clerk):
        loan = borrow(application)
        for change in (
            lambda: loan.delete(),
            lambda: Loan.objects.filter(pk=loan.pk).get().__class__(
                **{**_values(loan), "due": TODAY}
            ).save(force_update=True),
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def _values(loan: Loan) -> dict[str, object]:
    return {field.attname: getattr(loan, field.attname) for field in Loan._meta.concrete_fields}


# -- destruction ---------------------------------------------------------------------------------


def test_DP_A56_an_old_application_is_found_destroyed_and_witnessed(
    person: Person, store: Store, clerk: User, colleague: User
) -> None:
    with acting(clerk):
        found = papers(person, store, origin="found")
        assert list(queries.to_destroy(TODAY)) == [found]
        done = destroy(found, colleague)
        assert done.confirmed_at is None
        assert not queries.to_destroy(TODAY).exists()
        with pytest.raises(ValidationError, match="nimetty todistaja"):
            services.confirm_destruction(done)
    with acting(colleague):
        assert list(queries.waiting_for_witness(TODAY)) == [done]
        services.confirm_destruction(done)
    with system_access():
        seen = Destruction.objects.get()
        assert (seen.destroyed_by_id, seen.witness_id) == (clerk.pk, colleague.pk)
        assert seen.confirmed_at is not None
        assert queries.file_of(person, found.pk, today=TODAY).gone


def test_the_witness_is_another_who_may_know_of_the_papers(
    application: PaperFile, clerk: User
) -> None:
    outsider = make_user(Role.SOP, username="sopimus")
    for wrong in (clerk, outsider):
        with acting(clerk), pytest.raises(ValidationError) as refused:
            destroy(application, wrong)
        assert "witness" in refused.value.error_dict


def test_a_witness_who_did_not_see_it_says_so(
    application: PaperFile, clerk: User, colleague: User
) -> None:
    with acting(clerk):
        done = destroy(application, colleague)
    with acting(make_user(Role.HAK, username="kolmas")), pytest.raises(ValidationError):
        services.refuse_destruction(done)
    with acting(colleague):
        services.refuse_destruction(done)
        assert list(queries.to_destroy(TODAY)) == [application]


def test_a_legal_hold_bars_destruction_and_silences_the_task(
    application: PaperFile, person: Person, clerk: User, colleague: User
) -> None:
    with system_access():
        Mark.objects.create(
            person=person, kind=MarkKind.LEGAL_HOLD, ground=Ground.DISPUTE, valid_from=TODAY
        )
    with acting(clerk):
        assert not queries.to_destroy(TODAY).exists()
        with pytest.raises(ValidationError, match="säilytyspidossa"):
            destroy(application, colleague)


def test_papers_on_loan_are_not_destroyed_and_destroyed_ones_not_lent(
    application: PaperFile, clerk: User, colleague: User
) -> None:
    with acting(clerk):
        loan = borrow(application)
        with pytest.raises(ValidationError) as refused:
            destroy(application, colleague)
        assert code_of(refused) == "on_loan"
        with pytest.raises(DatabaseError, match="on_loan"), transaction.atomic():
            Destruction.objects.create(
                file=application, ground=RETENTION, method="shredded", destroyed_on=TODAY,
                destroyed_by=clerk, witness=colleague,
            )  # fmt: skip
        services.give_back(loan)
        destroy(application, colleague)
        with pytest.raises(ValidationError) as refused:
            borrow(application)
        assert code_of(refused) == "archive_loan_gone"


def test_S8_02_scanned_paper_goes_by_its_own_ground(
    person: Person, store: Store, clerk: User, colleague: User
) -> None:
    with acting(clerk):
        file = papers(
            person, store, keep_until=None, scanned_on=TODAY, after_scan=AfterScan.DESTROYED
        )
        assert list(queries.to_destroy(TODAY)) == [file]
        with pytest.raises(ValidationError, match="Säilytysaika"):
            destroy(file, colleague)
        destroy(file, colleague, ground=SCANNED)


@pytest.fixture
def ledger_clerk(db: None) -> User:
    return make_user(Role.TAL, username="talous")


def of_vouchers(person: Person, store: Store, **changes: object) -> PaperFile:
    """Vouchers that the law wants kept for years still."""
    usual: dict[str, object] = {
        "kind": PaperKind.VOUCHERS, "keep_until": TODAY + timedelta(days=900),
    }  # fmt: skip
    return papers(person, store, **usual | changes)


def test_S8_02_a_scan_does_not_end_the_retention_of_a_law(
    person: Person, store: Store, ledger_clerk: User
) -> None:
    """Neither marked so, nor destroyed where it was marked before; until the rule lets it."""
    witness = make_user(Role.TAL, username="todistaja2")
    scan = {"scanned_on": TODAY, "after_scan": AfterScan.DESTROYED}
    with acting(ledger_clerk):
        with pytest.raises(ValidationError) as refused:
            of_vouchers(person, store, **scan)
        assert "after_scan" in refused.value.error_dict
        file = of_vouchers(person, store, scanned_on=TODAY, after_scan=AfterScan.ARCHIVED)
    with system_access():
        file.after_scan = AfterScan.DESTROYED
        file.save()
    with acting(ledger_clerk):
        assert not queries.to_destroy(TODAY).exists()
        (row,) = queries.files_of(person, today=TODAY)
        assert row.due_ground == ""
        with pytest.raises(ValidationError) as refused:
            destroy(file, witness, ground=SCANNED)
        assert code_of(refused) == "early"
        with pytest.raises(DatabaseError, match="destruction_early"), transaction.atomic():
            Destruction.objects.create(
                file=file, ground=SCANNED, method="shredded", destroyed_on=TODAY,
                destroyed_by=ledger_clerk, witness=witness,
            )  # fmt: skip
    with system_access():
        add_version(scanned("vouchers"), True, TODAY, source="Hallitus, KPL 2 luku")
    with acting(ledger_clerk):
        assert list(queries.to_destroy(TODAY)) == [file]
        done = destroy(file, witness, ground=SCANNED)
        assert done.confirmed_at is None, "the witness is needed still"
        used = RuleVersion.objects.filter(key=scanned("vouchers"), used_at__isnull=False)
        assert used.get().value == "true"


def test_scanned_paper_goes_when_its_retention_is_over(
    person: Person, store: Store, ledger_clerk: User
) -> None:
    witness = make_user(Role.TAL, username="todistaja2")
    with acting(ledger_clerk):
        file = of_vouchers(
            person, store, keep_until=TODAY - timedelta(days=1), scanned_on=TODAY,
            after_scan=AfterScan.DESTROYED,
        )  # fmt: skip
        destroy(file, witness, ground=SCANNED)


def test_the_database_keeps_papers_whose_retention_goes_on(
    person: Person, store: Store, clerk: User, colleague: User
) -> None:
    with acting(clerk):
        file = papers(person, store, keep_until=TODAY)
        for ground in (RETENTION, SCANNED):
            with pytest.raises(DatabaseError, match="destruction_early"), transaction.atomic():
                Destruction.objects.create(
                    file=file, ground=ground, method="shredded", destroyed_on=TODAY,
                    destroyed_by=clerk, witness=colleague,
                )  # fmt: skip


def test_papers_are_not_made_another_kind_to_go_sooner(
    person: Person, store: Store, ledger_clerk: User
) -> None:
    other = make_user(Role.TAL, Role.SOP, username="molemmat")
    with acting(ledger_clerk):
        file = of_vouchers(person, store)

    def become(kind: PaperKind) -> None:
        details = Details(kind, store, file.covers_from, file.covers_to, file.keep_until)
        services.change_file(PaperFile.objects.get(pk=file.pk), details, today=TODAY)

    with acting(other):
        become(PaperKind.LETTERS)  # a slip, mended on the day of recording
        become(PaperKind.VOUCHERS)
    with system_access():
        file.recorded_at -= timedelta(days=2)
        file.save()
    with acting(other):
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            become(PaperKind.LETTERS)
        assert code_of(refused) == "archive_file_kind_stays"
        become(PaperKind.VOUCHERS)


def test_the_days_of_papers_are_not_made_up(
    person: Person, store: Store, ledger_clerk: User
) -> None:
    """Neither is a slip mended long after, nor is the end of retention waited out on paper."""
    witness = make_user(Role.TAL, username="todistaja2")
    with acting(ledger_clerk):
        file = of_vouchers(person, store)
        file.recorded_at += timedelta(days=1)
        with pytest.raises(DatabaseError, match="archive_file_recorded"), transaction.atomic():
            file.save()
        with pytest.raises(DatabaseError, match="destruction_early"), transaction.atomic():
            Destruction.objects.create(
                file=file, ground=RETENTION, method="shredded", witness=witness,
                destroyed_on=TODAY + timedelta(days=1000), destroyed_by=ledger_clerk,
            )  # fmt: skip
        with pytest.raises(DatabaseError, match="archive_file_stays"), transaction.atomic():
            file.delete()


def test_what_was_destroyed_is_not_changed(
    application: PaperFile, store: Store, clerk: User, colleague: User
) -> None:
    with acting(clerk):
        destroy(application, colleague)
        details = Details(kind=PaperKind.APPLICATION, store=store, covers_from=TODAY)
        with pytest.raises(ValidationError, match="tuhotuksi"):
            services.change_file(application, details, today=TODAY)


@pytest.mark.parametrize("who", ["clerk", "colleague"])
def test_the_database_wants_two_people(
    application: PaperFile, clerk: User, colleague: User, who: str
) -> None:
    with acting(clerk):
        done = destroy(application, colleague)
    user = {"clerk": clerk, "colleague": colleague}[who]
    with acting(user):
        if who == "clerk":
            done.confirmed_at = done.recorded_at
            with pytest.raises(DatabaseError, match="witness"), transaction.atomic():
                done.save()
            return
        services.confirm_destruction(done)
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            done.delete()


def test_one_person_cannot_be_both(application: PaperFile, clerk: User) -> None:
    with acting(clerk), pytest.raises(DatabaseError), transaction.atomic():
        Destruction.objects.create(
            file=application, ground=RETENTION, method="shredded", destroyed_on=TODAY,
            destroyed_by=clerk, witness=clerk,
        )  # fmt: skip


def test_papers_of_one_under_turvakielto_are_known_to_those_who_may_know_of_it(
    person: Person, application: PaperFile, colleague: User
) -> None:
    """Neither in lists, nor to be destroyed, nor as a late loan: a number would tell of the ban."""
    chooser = make_user(Role.VAL, username="valitsija")
    with acting(colleague):
        borrow(application, days=0)
    for banned in (False, True):
        with acting(chooser):
            seen = (
                queries.files(TODAY).exists(), queries.overdue_loans(TODAY).exists(),
                len(queries.files_of(person, today=TODAY)), len(queries.file_list(TODAY)),
            )  # fmt: skip
        assert seen == ((False, False, 0, 0) if banned else (True, True, 1, 1))
        if not banned:
            with system_access():
                ban(person)
    with acting(colleague):
        assert queries.files(TODAY).exists()


def test_retention_is_put_off_and_not_brought_forward(application: PaperFile, clerk: User) -> None:
    """Else one person alone could have papers destroyed early."""
    kept = application.keep_until
    assert kept is not None

    def change(day: date | None) -> None:
        details = Details(
            PaperKind.APPLICATION, application.store, application.covers_from, keep_until=day
        )
        services.change_file(application, details, today=TODAY)

    with acting(clerk):
        change(kept - timedelta(days=1))  # a slip, mended on the day of recording
        change(kept)
    with system_access():
        application.recorded_at -= timedelta(days=2)
        application.save()
    with acting(clerk):
        for day in (kept - timedelta(days=1), None):
            with pytest.raises(ValidationError, match="ei lyhennetä"), transaction.atomic():
                change(day)
        change(kept + timedelta(days=365))
    with system_access():
        application.keep_until = None
        application.save()
    with acting(clerk):
        with pytest.raises(ValidationError, match="ei lyhennetä"), transaction.atomic():
            change(TODAY - timedelta(days=1))
        change(TODAY)
