"""What staff do with the paper archive: places, papers, loans, and destruction by two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.archive import queries, rules
from registry.archive.models import (
    AfterScan,
    Destruction,
    Loan,
    Origin,
    PaperFile,
    PaperKind,
    Store,
)
from registry.archive.rules import Bar
from registry.persons.models import Person
from registry.persons.queries.marks import on_hold
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.access.errors import FunctionDenied
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.rules.days import refuse_future
from vuokra.rules.services import note_use

BARS = {
    Bar.EARLY: gettext_lazy("Säilytysaika ei ole päättynyt ennen tuhoamispäivää."),
    Bar.NOT_SCANNED: gettext_lazy("Aineistoa ei ole merkitty skannatuksi ja tuhottavaksi."),
    Bar.HELD: gettext_lazy("Henkilön tiedot on säilytyspidossa. Aineistoa ei saa tuhota."),
    Bar.ON_LOAN: gettext_lazy("Aineisto on lainassa. Kirjaa ensin palautus."),
    Bar.GONE: gettext_lazy("Aineisto on jo kirjattu tuhotuksi."),
}
_ONE_LOAN = gettext_lazy("Aineisto on jo lainassa.")
_KEPT = gettext_lazy("Säilytysaikaa ei lyhennetä. Kirjausvirheen voi korjata vain kirjauspäivänä.")
_SCAN_IS_NOT_ENOUGH = gettext_lazy(
    "Tämän aineiston paperi säilytetään säilytysajan loppuun, vaikka se on skannattu. "
    "Valitse, että paperi arkistoidaan."
)
_KIND_STAYS = gettext_lazy("Aineiston lajin voi korjata vain kirjauspäivänä.")
_FIRST = gettext_lazy("Aineisto on jo kirjattu tuhotuksi.")


@dataclass(frozen=True, slots=True)
class Details:
    """What is recorded of papers; see `models.PaperFile`."""

    kind: PaperKind
    store: Store
    covers_from: date
    covers_to: date | None = None
    keep_until: date | None = None
    label: str = ""
    origin: Origin = Origin.RECEIVED
    scanned_on: date | None = None
    after_scan: str = ""


# -- places ------------------------------------------------------------------------------------


def save_store(store: Store) -> Store:
    """Record a place or change it (säilytyspaikan tallennus).

    Raises ValidationError for a code in use, and for a place taken out of use with papers in it.
    """
    current().require(Group.ARCHIVE, Level.WRITE)
    refuse_hetu_in_text(store.room)
    store.full_clean()
    if store.closed_on and store.pk and not queries.is_empty(store):
        raise ValidationError(
            {"closed_on": _("Paikassa on aineistoa. Siirrä se ensin muualle.")}, code="not_empty"
        )
    store.save()
    return store


# -- papers ------------------------------------------------------------------------------------


def record_file(person: Person, details: Details, *, today: date) -> PaperFile:
    """Record papers of a person in a place (paperiaineiston kirjaaminen).

    Raises ValidationError for days to come, for paper that may not go though it was scanned, and
    FunctionDenied for a kind whose like the actor may not read.
    """
    file = PaperFile(person=person, recorded_by_id=current().actor.user_id)
    return _save_file(file, details, today)


def change_file(file: PaperFile, details: Details, *, today: date) -> PaperFile:
    """Change what is recorded of papers: another place, the end of retention, that they were
    scanned. The end of retention is put off, never brought forward after the day of recording, and
    the kind stays from then on.
    Raises ValidationError when they have been destroyed; otherwise as `record_file`."""
    if Destruction.objects.filter(file=file).exists():
        raise ValidationError(_FIRST, code="gone")
    return _save_file(file, details, today)


def _save_file(file: PaperFile, details: Details, today: date) -> PaperFile:
    _require(details.kind)
    refuse_hetu_in_text(details.label)
    for name in ("covers_from", "covers_to", "scanned_on"):
        refuse_future(name, getattr(details, name), today)
    if bool(details.scanned_on) != bool(details.after_scan):
        missing = "after_scan" if details.scanned_on else "scanned_on"
        raise ValidationError(
            {missing: _("Kirjaa sekä skannauspäivä että mitä paperille tehdään.")}, code="scan"
        )
    _refuse_shortcut(file, details, today)
    if details.store.closed_on is not None:
        raise ValidationError({"store": _("Paikka on poistettu käytöstä.")}, code="closed")
    for name in Details.__slots__:
        setattr(file, name, getattr(details, name))
    told = {"archive_file_kept_longer": _KEPT, "archive_file_kind_stays": _KIND_STAYS}
    with constraint_errors(PaperFile, told):
        file.save()
    return file


def _refuse_shortcut(file: PaperFile, details: Details, today: date) -> None:
    """Raise ValidationError when papers whose retention goes on are marked now to be destroyed for
    having been scanned, and the rule of their kind does not let it (S8-02)."""
    marked = (details.kind, details.after_scan) != (file.kind, file.after_scan)
    if details.after_scan != AfterScan.DESTROYED or not marked:
        return
    if not queries.scan_rule(details.kind, today).flag and not rules.is_over(
        details.keep_until, today
    ):
        raise ValidationError({"after_scan": _SCAN_IS_NOT_ENOUGH}, code="scan_is_not_enough")


def _oneself() -> int:
    """The user who acts: people take and destroy paper. Raises FunctionDenied for a job."""
    acting = current().actor.user_id
    if acting is None:
        raise FunctionDenied(Group.ARCHIVE, Level.WRITE)
    return acting


def _require(kind: str) -> None:
    """S8-03: paper is handled by those who may handle its like on the screen."""
    current().require(Group.ARCHIVE, Level.WRITE)
    current().require(rules.KINDS[kind].group, Level.READ)


# -- loans -------------------------------------------------------------------------------------


def borrow(file: PaperFile, *, purpose: Purpose, due: date, today: date) -> Loan:
    """Take papers out (lainaaminen) in one's own name, for a purpose, until a day.

    Raises ValidationError when they are out already, or destroyed, or the day is past.
    """
    current().require(Group.ARCHIVE, Level.READ)
    current().require(rules.KINDS[file.kind].group, Level.READ)
    acting = _oneself()
    if due < today:
        raise ValidationError({"due": _("Palautuspäivä on mennyt.")}, code="past")
    loan = Loan(file=file, borrower_id=acting, purpose=purpose, due=due)
    with constraint_errors(Loan, {"archive_loan_one": _ONE_LOAN, "archive_loan_gone": _FIRST}):
        loan.save(force_insert=True)
    current().purpose = purpose
    current().note("paper", "borrowed")
    return loan


def give_back(loan: Loan) -> Loan:
    """Papers are back in their place (palautus); whoever receives them records it."""
    current().require(Group.ARCHIVE, Level.READ)
    loan.returned_at, loan.returned_to_id = timezone.now(), current().actor.user_id
    loan.save(update_fields=["returned_at", "returned_to"])
    current().note("paper", "returned")
    return loan


# -- destruction -------------------------------------------------------------------------------


def record_destruction(
    file: PaperFile,
    *,
    ground: Destruction.Ground,
    method: Destruction.Method,
    destroyed_on: date,
    witness_id: int,
    today: date,
) -> Destruction:
    """Papers were destroyed before a witness (tuhoaminen); it holds when the witness confirms it.

    Raises ValidationError when retention goes on, a legal hold bars it, the papers are out, the
    day is to come, or the witness is nobody who may know of such papers.
    """
    _require(file.kind)
    acting = _oneself()
    refuse_future("destroyed_on", destroyed_on, today)
    if witness_id not in dict(queries.witnesses(file.kind, today=today)):
        raise ValidationError(
            {"witness": _("Todistajan pitää olla toinen henkilö, joka saa käsitellä aineistoa.")},
            code="witness",
        )
    enough = queries.scan_rule(file.kind, destroyed_on)
    bar = rules.bar_to_destruction(
        ground,
        keep_until=file.keep_until,
        after_scan=file.after_scan,
        held=on_hold(file.person, today=today),
        on_loan=Loan.objects.filter(file=file, returned_at=None).exists(),
        gone=Destruction.objects.filter(file=file).exists(),
        destroyed_on=destroyed_on,
        scan_is_enough=enough.flag,
    )
    if bar is not None:
        raise ValidationError(BARS[bar], code=bar.value)
    if ground == Destruction.Ground.SCANNED:
        note_use(enough)
    done = Destruction(
        file=file, ground=ground, method=method, destroyed_on=destroyed_on,
        destroyed_by_id=acting, witness_id=witness_id,
    )  # fmt: skip
    told = {
        "archive_destruction_on_loan": BARS[Bar.ON_LOAN],
        "archive_destruction_early": BARS[Bar.EARLY],
    }
    with constraint_errors(Destruction, told):
        done.save(force_insert=True)
    current().note("paper", "destroyed")
    return done


def confirm_destruction(done: Destruction) -> Destruction:
    """The witness confirms in his own name that he saw it (todistaminen)."""
    _require_witness(done)
    done.confirmed_at = timezone.now()
    done.save(update_fields=["confirmed_at"])
    current().note("paper", "witnessed")
    return done


def refuse_destruction(done: Destruction) -> None:
    """The witness did not see it, or whoever recorded it takes it back: the papers count as there.

    Raises ValidationError for anybody else, and when it was confirmed.
    """
    current().require(Group.ARCHIVE, Level.READ)
    if done.confirmed_at is not None or current().actor.user_id not in (
        done.witness_id,
        done.destroyed_by_id,
    ):
        raise ValidationError(_("Tuhoamista ei voi enää perua."), code="not_yours")
    done.delete()
    current().note("paper", "not destroyed")


def _require_witness(done: Destruction) -> None:
    current().require(Group.ARCHIVE, Level.READ)
    if current().actor.user_id != done.witness_id:
        raise ValidationError(_("Vain nimetty todistaja voi vahvistaa tuhoamisen."), code="witness")
    if done.confirmed_at is not None:
        raise ValidationError(BARS[Bar.GONE], code="gone")
