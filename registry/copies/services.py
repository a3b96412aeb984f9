"""Making a copy of a person's data: collect, decide on what is others', hand over.

The room of requests calls these; identity, approval and delivery are its business. Everything runs
in the open access context and demands the right to requests.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from registry.copies import finding, packaging, queries
from registry.copies.codes import LEAVING_OUT, TELLING, Decision, Reason, What
from registry.copies.content import CopyContent, dumped
from registry.copies.gathering import collect, fingerprint
from registry.copies.models import WORDS_LENGTH, Copy, CopyKind, Finding, Progress, Reading, State
from registry.persons.models import Person
from registry.persons.queries.standing import refuse_if_tied
from vuokra.access.codes import Action
from vuokra.access.context import bulk_write, current
from vuokra.access.errors import FunctionDenied, ObjectDenied
from vuokra.access.proofs import EVENTS, proofs_of
from vuokra.accounts.models import User
from vuokra.accounts.queries import staff_names
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

TABLE = "registry_copies_copy"
SHORTEST_REASON = 10
WAITS = dt.timedelta(minutes=5)
WHY = "findings of a copy"


# -- collecting --------------------------------------------------------------------------------


@transaction.atomic
def start_copy(
    person: Person,
    *,
    language: str,
    kind: str = CopyKind.ACCESS,
    reference: str,
    by: User | None,
) -> Copy:
    """Order a copy of a person's data (jäljennöksen tilaaminen); the worker collects it.

    Raises FunctionDenied without the right to requests, TiedDenied for one's own record or a
    colleague's, ValueError for an unknown language.
    """
    current().require(Group.RIGHTS, Level.WRITE)
    refuse_if_tied(person)
    if language not in ("fi", "en"):
        raise ValueError(f"A copy is not made in {language}.")
    copy = Copy(person=person, kind=kind, language=language, reference=reference, ordered_by=by)
    copy.save()
    _queue(copy)
    return copy


@transaction.atomic
def collect_now(person: Person, *, language: str, kind: str, reference: str) -> Copy:
    """A copy collected at once, as a command does; in a context that reaches every field group."""
    copy = Copy(person=person, kind=kind, language=language, reference=reference)
    copy.save()
    proceed(copy.pk, lambda done, total: None)
    return Copy.objects.get(pk=copy.pk)


@transaction.atomic
def restart(copy: Copy) -> Copy:
    """Collect a copy anew: after a fault, a stopped worker, or when the data have changed since.
    Decisions are made again. Raises ObjectDenied for one that was discarded."""
    current().require(Group.RIGHTS, Level.WRITE)
    copy = _locked(copy, State.QUEUED, State.FAILED, State.REVIEW, State.PACKED)
    _forget_files(copy)
    with bulk_write(WHY):
        Finding.objects.filter(copy=copy).delete()
        Reading.objects.filter(copy=copy).delete()
    copy.state, copy.ordered_at = State.QUEUED, timezone.now()
    copy.save()
    _queue(copy)
    return copy


@transaction.atomic
def discard(copy: Copy) -> None:
    """Give a copy up; what was collected is removed."""
    current().require(Group.RIGHTS, Level.WRITE)
    copy = _locked(copy, *State)
    _forget_files(copy)
    copy.state = State.DISCARDED
    copy.save()


def proceed(copy_id: int, tell: Callable[[int, int], None]) -> None:
    """Collect a copy that waits, and find what in it is others'; in the open transaction, so that a
    worker that is killed leaves it waiting. The context must be able to read every field group."""
    waiting = Copy.objects.select_for_update(no_key=True, skip_locked=True)
    copy = waiting.filter(pk=copy_id, state=State.QUEUED).first()
    if copy is None:
        return
    with translation.override(copy.language):
        count, last = fingerprint(copy.person)
        content = collect(copy.person, kind=copy.kind, language=copy.language, tell=tell)
        places = finding.find(content)
    data = dumped(content)
    copy.content.save("", ContentFile(data), save=False)
    copy.digest = hashlib.sha256(data).hexdigest()
    copy.row_count, copy.last_row, copy.texts = count, last, len(queries.to_read(content))
    copy.state, copy.collected_at = State.REVIEW, timezone.now()
    copy.save()
    with bulk_write(WHY):
        Finding.objects.bulk_create([_finding(copy, place) for place in places], batch_size=500)
    current().note("copy", str(copy.uuid))


def is_left_behind(copy: Copy) -> bool:
    """Whether it has waited so long that its worker must have been stopped."""
    return copy.state == State.QUEUED and timezone.now() - copy.ordered_at > WAITS


def fail(copy_id: int) -> None:
    """Say that collecting ended in a fault; its transaction was rolled back."""
    copy = Copy.objects.filter(pk=copy_id, state=State.QUEUED).first()
    if copy is not None:
        copy.state = State.FAILED
        copy.save()


def _finding(copy: Copy, place: finding.Place) -> Finding:
    mark = place.mark
    found = Finding(
        copy=copy,
        person_id=copy.person_id,
        place=place.place,
        start=mark.start,
        end=mark.end,
        what=mark.what,
        other_id=mark.person,
        locked=place.locked,
    )
    if place.locked:
        found.decision, found.reason = Decision.REDACTED, Reason.PROTECTED
        found.decided_at = timezone.now()
    return found


def _queue(copy: Copy) -> None:
    from registry.copies.tasks import gather

    Progress.objects.update_or_create(copy_id=copy.pk, defaults={"done": 0, "total": 0})
    gather.enqueue(copy.pk, copy.ordered_by_id)


def _forget_files(copy: Copy) -> None:
    """Remove what was collected and packed, once the transaction is saved."""
    for column in (copy.content, copy.package):
        if column:
            transaction.on_commit(partial(column.storage.delete, str(column.name)))
    copy.content, copy.package = "", ""
    copy.digest = copy.package_digest = ""
    copy.collected_at = copy.packed_at = copy.packed_by = None
    copy.approved_digest, copy.approved_at, copy.approved_by = "", None, None
    copy.texts = 0


def _locked(copy: Copy, *states: str) -> Copy:
    found = Copy.objects.select_for_update(no_key=True).filter(pk=copy.pk, state__in=states).first()
    if found is None:
        raise ObjectDenied(TABLE, copy.pk)
    return found


# -- deciding ----------------------------------------------------------------------------------


def findings(copy: Copy) -> list[Finding]:
    """Places that are, or may be, about somebody else, in the order of the copy."""
    return queries.findings(copy)


@transaction.atomic
def redact(found: Finding, reason: str) -> None:
    """Leave a place out (peittäminen). Raises ValidationError without a reason of the list."""
    if reason not in LEAVING_OUT:
        raise ValidationError({"reason": _("Valitse, miksi tieto jätetään pois.")})
    _decide(found, Decision.REDACTED, reason)


@transaction.atomic
def keep(found: Finding, reason: str) -> None:
    """Tell a place (antaminen). Raises ValidationError without a reason of the list, and for what
    is under turvakielto (DP-T6)."""
    if found.locked:
        raise ValidationError(_("Turvakiellon alaista tietoa ei anneta toiselle."))
    if reason not in TELLING:
        raise ValidationError({"reason": _("Valitse, miksi tiedon voi antaa.")})
    _decide(found, Decision.KEPT, reason)


@transaction.atomic
def decide_alike(found: Finding, decision: str, reason: str) -> int:
    """Decide on a place, and in the same way on every open place with the same words about the
    same person; gives how many. Raises as `redact` and `keep`."""
    verb = redact if decision == Decision.REDACTED else keep
    alike = {one.pk: one for one in queries.same_words(found.copy, found)}
    for one in (found, *(other for pk, other in alike.items() if pk != found.pk)):
        verb(one, reason)
    return len(alike | {found.pk: found})


def _decide(found: Finding, decision: str, reason: str) -> None:
    current().require(Group.RIGHTS, Level.WRITE)
    copy = _locked(found.copy, State.REVIEW, State.PACKED)
    if found.locked:
        return
    found.decision, found.reason = decision, reason
    found.decided_by_id, found.decided_at = current().actor.user_id, timezone.now()
    found.save()
    _unpack(copy)
    current().action = Action.CHANGE


@transaction.atomic
def mark(copy: Copy, place: str, words: str, reason: str) -> int:
    """Leave out words of a value that nobody pointed at, or without words the whole of it; gives
    how many places. Raises ValidationError when the words do not stand there."""
    current().require(Group.RIGHTS, Level.WRITE)
    if reason not in LEAVING_OUT:
        raise ValidationError({"reason": _("Valitse, miksi tieto jätetään pois.")})
    copy = _locked(copy, State.REVIEW, State.PACKED)
    text = _text_at(copy, place)
    spans = list(_occurrences(text, words)) if words else [(0, 0)]
    if not spans:
        raise ValidationError({"words": _("Kohtaa ei löydy tekstistä. Kirjoita se samoin.")})
    for start, end in spans:
        found, _new = Finding.objects.get_or_create(
            copy=copy, place=place, start=start, end=end,
            defaults={"person_id": copy.person_id, "what": What.HAND},
        )  # fmt: skip
        _decide(found, Decision.REDACTED, reason)
    return len(spans)


def _text_at(copy: Copy, place: str) -> str:
    for where, _entry, value in queries.content_of(copy).values():
        if where == place:
            return value.shown
    raise ObjectDenied(TABLE, copy.pk)


def _occurrences(text: str, words: str) -> Iterable[tuple[int, int]]:
    small, wanted = text.casefold(), words.strip().casefold()
    if len(small) != len(text):  # a letter that folds into two: as it is written
        small, wanted = text, words.strip()
    at = small.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = small.find(wanted, at + len(wanted))


@transaction.atomic
def read(copy: Copy, code: str) -> None:
    """Say that the running texts of a register item have been read (tarkistus)."""
    current().require(Group.RIGHTS, Level.WRITE)
    copy = _locked(copy, State.REVIEW, State.PACKED)
    if code not in queries.to_read(queries.content_of(copy)):
        raise ObjectDenied(TABLE, copy.pk)
    if not Reading.objects.filter(copy=copy, code=code).exists():
        Reading(
            copy=copy, person_id=copy.person_id, code=code, by_id=current().actor.user_id
        ).save()
    current().action = Action.CHANGE


@transaction.atomic
def allow_names(copy: Copy, reason: str) -> None:
    """Record the necessity test after which names of those who looked are told (C-579/21, DP-A31).

    Without text the names are left out again. Raises ValidationError for a text too short to say
    why the person's rights cannot be used without the names.
    """
    current().require(Group.RIGHTS, Level.WRITE)
    copy = _locked(copy, State.REVIEW, State.PACKED)
    words = " ".join(reason.split())
    if words and not SHORTEST_REASON <= len(words) <= WORDS_LENGTH:
        raise ValidationError(
            {"reason": _("Kirjoita arvio, 10–500 merkkiä: miksi nimet ovat välttämättömiä.")}
        )
    copy.names_reason = words or None
    copy.names_by_id = current().actor.user_id if words else None
    copy.save()
    _unpack(copy)
    current().action = Action.CHANGE


def _unpack(copy: Copy) -> None:
    """A package of earlier decisions is not handed over any more."""
    if copy.state != State.PACKED:
        return
    transaction.on_commit(partial(copy.package.storage.delete, str(copy.package.name)))
    copy.package, copy.package_digest = "", ""
    copy.packed_at = copy.packed_by = None
    copy.state = State.REVIEW
    copy.save()


# -- handing over ------------------------------------------------------------------------------


def is_ready(copy: Copy) -> bool:
    """Whether everything found has been decided on and every running text read."""
    return not missing(copy)


def missing(copy: Copy) -> list[str]:
    """What is not done yet before the copy can be approved, in words (DP-A29)."""
    if copy.state not in (State.REVIEW, State.PACKED):
        return [_("Tietoja ei ole vielä koottu.")]
    return queries.missing(copy)


def decided_digest(copy: Copy) -> str:
    """SHA-256 of the snapshot with what was decided on it: what is approved, and nothing else."""
    rows = Finding.objects.filter(copy=copy).order_by("pk")
    decided = rows.values_list("place", "start", "end", "decision", "reason")
    lines = [copy.digest, str(copy.names_by_id), *(repr(row) for row in decided)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def approve(copy: Copy) -> None:
    """A second person approves the copy as it is now (hyväksyminen, DP-A31).

    Raises ValidationError when something is undecided or unread, when the data have changed since,
    and for whoever ordered it or decided on it.
    """
    current().require(Group.RIGHTS, Level.READ)
    copy = _locked(copy, State.REVIEW, State.PACKED)
    _require_whole(copy)
    acting = current().actor.user_id
    worked = Finding.objects.filter(copy=copy).values_list("decided_by_id", flat=True)
    if acting is None or acting in {copy.ordered_by_id, copy.names_by_id, *worked}:
        raise ValidationError(_("Toisen henkilön on hyväksyttävä jäljennös."), code="four_eyes")
    copy.approved_digest, copy.approved_at = decided_digest(copy), timezone.now()
    copy.approved_by_id = acting
    copy.save(update_fields=["approved_digest", "approved_at", "approved_by"])


def is_approved(copy: Copy) -> bool:
    """Whether the copy was approved as it is now."""
    return bool(copy.approved_digest) and copy.approved_digest == decided_digest(copy)


def require_current(copy: Copy) -> None:
    """Raise ValidationError when the person's data changed, or somebody named in them came under
    turvakielto, after the copy was collected: it must be collected anew."""
    if fingerprint(copy.person) != (copy.row_count, copy.last_row):
        raise ValidationError(
            _("Henkilön tiedot ovat muuttuneet kokoamisen jälkeen. Kokoa jäljennös uudelleen."),
            code="changed",
        )
    others = Finding.objects.filter(copy=copy, locked=False).values_list("other_id", flat=True)
    ids = {one for one in others if one is not None}
    if Person.with_merged.filter(pk__in=ids, protected=True).exists():
        raise ValidationError(
            _("Tiedoissa mainitulle on merkitty turvakielto. Kokoa jäljennös uudelleen."),
            code="protected",
        )


@transaction.atomic
def build_package(copy: Copy, *, by: User | None) -> tuple[bytes, str]:
    """The encrypted package and its password, which is told once and kept nowhere.

    Raises ValidationError when something is undecided or unread, when the data have changed since,
    or when nobody has approved it as it is.
    """
    return _packed(_passed(copy), by)


@transaction.atomic
def build_for_command(copy: Copy) -> tuple[bytes, str]:
    """The same for a command of the server, which has no second person: its purpose and reason
    stand in the event. Raises FunctionDenied for members of staff."""
    current().require(Group.RIGHTS, Level.WRITE)
    if current().actor.user_id is not None:
        raise FunctionDenied(Group.RIGHTS, Level.WRITE)
    copy = _locked(copy, State.REVIEW, State.PACKED)
    _require_whole(copy)
    return _packed(copy, None)


def _packed(copy: Copy, by: User | None) -> tuple[bytes, str]:
    password = packaging.new_password()
    package = _package(copy, password)
    copy.package.save("", ContentFile(package), save=False)
    copy.package_digest = hashlib.sha256(package).hexdigest()
    copy.state, copy.packed_at, copy.packed_by = State.PACKED, timezone.now(), by
    copy.save()
    current().action = Action.EXPORT
    current().note_subjects([copy.person_id])
    return package, password


def package_file(copy: Copy) -> bytes:
    """The package as it was built, for delivering it. Raises ObjectDenied when there is none."""
    current().require(Group.RIGHTS, Level.WRITE)
    if copy.state != State.PACKED:
        raise ObjectDenied(TABLE, copy.pk)
    with copy.package.open() as file:
        return bytes(file.read())


def printed(copy: Copy) -> bytes:
    """The copy for printing and handing over on paper, without encryption; conditions as those of
    `build_package`."""
    copy = _passed(copy)
    current().action = Action.PRINT
    current().note_subjects([copy.person_id])
    return _package(copy, "")


def _passed(copy: Copy) -> Copy:
    current().require(Group.RIGHTS, Level.WRITE)
    copy = _locked(copy, State.REVIEW, State.PACKED)
    _require_whole(copy)
    if not is_approved(copy):
        raise ValidationError(
            _("Toisen henkilön on hyväksyttävä jäljennös sellaisena kuin se on nyt."),
            code="approved",
        )
    return copy


def _require_whole(copy: Copy) -> None:
    if lacking := missing(copy):
        raise ValidationError(lacking)
    require_current(copy)


def _package(copy: Copy, password: str) -> bytes:
    snapshot = queries.content_of(copy)
    found = queries.findings(copy)
    with translation.override(copy.language):
        content = packaging.decided(snapshot, found)
        why = packaging.left_out(found)
        names = _names(copy, snapshot)
        pdf = packaging.pdf_of(content, copy.reference, why, names)
        files = {packaging.JSON_NAME: packaging.json_of(content, copy.reference, names)}
        if copy.kind == CopyKind.PORTABILITY:
            files[packaging.CSV_NAME] = packaging.csv_of(content)
        else:
            files[packaging.PROOFS_NAME] = _proofs(snapshot)
            files |= queries.attached(content)
    return packaging.packed(pdf, files, password)


def _names(copy: Copy, content: CopyContent) -> dict[int, str]:
    if copy.names_reason is None:
        return {}
    return staff_names(look.by for look in content.looks if look.by is not None)


def _proofs(content: CopyContent) -> bytes:
    """Proofs of the consultations that the copy tells of, with their signed heads."""
    told = {look.id for look in content.looks}
    bundle = proofs_of(content.records)
    bundle["rows"] = [row for row in bundle["rows"] if row["table"] == EVENTS and row["id"] in told]
    used = {row["seal"] for row in bundle["rows"]}
    bundle["heads"] = [head for head in bundle["heads"] if head["seal"] in used]
    bundle["waiting"] = len(told) - len(bundle["rows"])
    return packaging.json_bytes(bundle)
