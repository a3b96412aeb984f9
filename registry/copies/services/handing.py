"""Approving a copy as a second person, and handing over what was approved (four eyes, 6.1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.copies import gates, packaging, queries, sheets
from registry.copies.content import CopyContent
from registry.copies.gathering import fingerprint
from registry.copies.models import Copy, CopyKind, Finding, Opening, State
from registry.copies.rule_rows import GIVEN_DAYS
from registry.copies.services.working import last_day, locked, require_keeper, unpack
from registry.persons.models import Person
from registry.persons.queries.standing import one_of
from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.access.errors import FunctionDenied, ObjectDenied
from vuokra.access.proofs import EVENTS, proofs_of
from vuokra.accounts.models import User
from vuokra.accounts.queries import staff_names
from vuokra.documents import services as documents
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


def is_ready(copy: Copy) -> bool:
    """Whether everything found has been decided on and every running text read."""
    return not missing(copy)


def missing(copy: Copy) -> list[str]:
    """What is not done yet before the copy can be approved, in words (DP-A29)."""
    if copy.state not in queries.COLLECTED:
        return [_("Tietoja ei ole vielä koottu.")]
    return queries.missing(copy)


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
def approve(copy: Copy) -> Copy:
    """Approve, as a second person, what the copy tells and leaves out (hyväksyminen).

    Raises ValidationError when it is not ready or not current, for whoever ordered it, decided on a
    place of it or read it (nobody approves one's own work), and for whoever has not opened it, and
    each document that goes along, as it is now: the database's own rows say who has.
    """
    current().require(Group.RIGHTS, Level.READ)
    copy = locked(copy, *queries.COLLECTED)
    if lacking := missing(copy):
        raise ValidationError(lacking)
    require_current(copy)
    acting = current().actor.user_id
    if acting is None or one_of(acting, queries.who_worked_on(copy), today=timezone.localdate()):
        raise ValidationError(
            _("Olet itse koonnut tai tarkistanut jäljennöstä. Toisen henkilön on hyväksyttävä se."),
            code="four_eyes",
        )
    digest = decided_digest(copy)
    if unopened := list(_unopened(copy, digest)):
        raise ValidationError(unopened)
    copy.approved_by_id, copy.approved_at = acting, timezone.now()
    copy.approved_digest = digest
    copy.save()
    return copy


def _unopened(copy: Copy, digest: str) -> Iterator[ValidationError]:
    """What the user has not opened as it is now: the copy, or documents that go along."""
    if not queries.was_opened(copy, digest):
        yield ValidationError(
            _("Avaa ja lue jäljennös sellaisena kuin se annetaan ennen kuin hyväksyt sen."),
            code="unopened",
        )
    if names := [one.name for one in queries.unopened_enclosures(copy)]:
        yield ValidationError(
            ngettext(
                "Avaa ja lue vielä liite ennen kuin hyväksyt: %(names)s.",
                "Avaa ja lue vielä liitteet ennen kuin hyväksyt: %(names)s.",
                len(names),
            ),
            code="unopened_documents",
            params={"names": ", ".join(names)},
        )


@transaction.atomic
def take_back(copy: Copy) -> None:
    """The answer was given back to be worked on: its approval falls, and what was made by it."""
    current().require(Group.RIGHTS, Level.READ)
    if copy.state in queries.COLLECTED:
        unpack(locked(copy, *queries.COLLECTED))


def note_opened(copy: Copy) -> None:
    """Keep that the user has opened the copy as it is now, as it would be handed over (avaaminen).
    The caller has locked it while it was shown."""
    current().require(Group.RIGHTS, Level.READ)
    digest = decided_digest(copy)
    if not queries.was_opened(copy, digest):
        _open(copy, digest, enclosed=False)


def note_document_opened(copy: Copy, digest: str) -> None:
    """Keep that the user has opened this document of the copy (liitteen avaaminen)."""
    current().require(Group.RIGHTS, Level.READ)
    if digest not in queries.opened_documents(copy):
        _open(copy, digest, enclosed=True)


def _open(copy: Copy, digest: str, *, enclosed: bool) -> None:
    acting = current().actor.user_id
    if acting is not None:
        Opening(
            copy=copy, person_id=copy.person_id, digest=digest, by_id=acting, enclosed=enclosed
        ).save(force_insert=True)


def decided_digest(copy: Copy) -> str:
    """SHA-256 of what would be handed over now: the snapshot, every decision, whether names of
    staff are told."""
    decided = [
        [one.place, one.start, one.end, one.decision, one.reason] for one in queries.findings(copy)
    ]
    told = [copy.digest, sorted(decided), copy.names_reason is not None]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def is_approved(copy: Copy) -> bool:
    """Whether the copy was approved as it is now."""
    return bool(copy.approved_digest) and copy.approved_digest == decided_digest(copy)


def shown(copy: Copy) -> CopyContent:
    """The copy as it would be handed over, for whoever approves it. Raises ValidationError while
    something is undecided or unread."""
    current().require(Group.RIGHTS, Level.READ)
    if lacking := missing(copy):
        raise ValidationError(lacking)
    with translation.override(copy.language):
        return packaging.decided(queries.content_of(copy), queries.findings(copy))


@transaction.atomic
def build_package(copy: Copy, *, by: User | None) -> tuple[bytes, str]:
    """The encrypted package and its password, which is told once and kept nowhere.

    Raises ValidationError when something is undecided or unread, when the data have changed since,
    when it is not what a second person approved, or when the gate refuses.
    """
    return _built(_passed(copy), by)


@transaction.atomic
def build_for_command(copy: Copy) -> tuple[bytes, str]:
    """The package as the command `subject_copy` writes it, when screens cannot be used: nobody has
    approved it, and the event of the command says so beside its reason. Raises as `build_package`,
    and FunctionDenied for members of staff."""
    require_keeper()
    if current().actor.user_id is not None:
        raise FunctionDenied(Group.RIGHTS, Level.WRITE)
    copy = _complete(copy)
    current().note("approval", "none")
    return _built(copy, None)


def _built(copy: Copy, by: User | None) -> tuple[bytes, str]:
    password = packaging.new_password()
    package = _package(copy, password)
    copy.package.save("", ContentFile(package), save=False)
    copy.package_digest = hashlib.sha256(package).hexdigest()
    copy.state, copy.packed_at, copy.packed_by = State.PACKED, timezone.now(), by
    copy.destroy_on = last_day(GIVEN_DAYS)
    copy.save()
    _note(copy, Action.EXPORT)
    return package, password


def package_file(copy: Copy) -> bytes:
    """The package as it was built, for delivering it; conditions as those of `build_package`.
    Raises ObjectDenied when there is none."""
    if copy.state != State.PACKED:
        raise ObjectDenied(queries.TABLE, copy.pk)
    copy = _passed(copy)
    _note(copy, Action.EXPORT)
    with copy.package.open() as file:
        return bytes(file.read())


@transaction.atomic
def printed(copy: Copy) -> bytes:
    """The copy for printing and handing over on paper, without encryption, its documents as pages;
    conditions as those of `build_package`."""
    copy = _passed(copy)
    pdf = _paper(copy)
    copy.printed_at, copy.printed_digest = timezone.now(), hashlib.sha256(pdf).hexdigest()
    copy.destroy_on = last_day(GIVEN_DAYS)
    copy.save()
    _note(copy, Action.PRINT)
    return pdf


def _note(copy: Copy, action: Action) -> None:
    current().action = action
    current().note_subjects([copy.person_id])


def _complete(copy: Copy) -> Copy:
    """The copy, locked, when it is ready and current."""
    require_keeper()
    copy = locked(copy, *queries.COLLECTED)
    if lacking := missing(copy):
        raise ValidationError(lacking)
    require_current(copy)
    return copy


@transaction.atomic
def _passed(copy: Copy) -> Copy:
    """The copy, locked, when it is what a second person approved and its matter lets it leave."""
    copy = _complete(copy)
    gates.pass_leaving(copy)
    if not is_approved(copy):
        raise ValidationError(
            _("Toisen henkilön on hyväksyttävä jäljennös sellaisena kuin se on nyt."),
            code="approved",
        )
    return copy


@dataclass(frozen=True, slots=True)
class _Told:
    """The snapshot, what of it is handed over, why the rest is not, and the names of staff."""

    snapshot: CopyContent
    content: CopyContent
    why_left_out: list[list[str]]
    names: dict[int, str]


def _told(copy: Copy) -> _Told:
    snapshot, found = queries.content_of(copy), queries.findings(copy)
    content, why = packaging.decided(snapshot, found), packaging.left_out(found)
    return _Told(snapshot, content, why, names_told(copy, snapshot))


def _package(copy: Copy, password: str) -> bytes:
    """One encrypted PDF, with the files for machines and the documents attached."""
    with translation.override(copy.language):
        told = _told(copy)
        pdf = packaging.pdf_of(told.content, copy.reference, told.why_left_out, told.names)
        files = _files(copy, told) | queries.attached(told.content)
    return packaging.packed(pdf, files, password)


def _paper(copy: Copy) -> bytes:
    """One open PDF with the documents as its last pages: paper has no attachments. What has no
    pages stays attached, and the copy tells that it is given separately."""
    with translation.override(copy.language):
        told = _told(copy)
        attached = queries.attached(told.content)
        pages = sheets.sheets_of(attached, copy.language, copy.reference)
        counts = {name: documents.pages_of(pdf) for name, pdf in pages.items()}
        pdf = packaging.pdf_of(told.content, copy.reference, told.why_left_out, told.names, counts)
        left = {name: data for name, data in attached.items() if name not in pages}
        files = _files(copy, told) | left
    return packaging.packed(sheets.appended(pdf, pages.values()), files, "")


def _files(copy: Copy, told: _Told) -> dict[str, bytes]:
    """What goes along for machines; of portability there are no documents."""
    files = {packaging.JSON_NAME: packaging.json_of(told.content, copy.reference, told.names)}
    if copy.kind == CopyKind.PORTABILITY:
        return files | {packaging.CSV_NAME: packaging.csv_of(told.content)}
    return files | {packaging.PROOFS_NAME: _proofs(told.snapshot)}


def names_told(copy: Copy, content: CopyContent) -> dict[int, str]:
    """Names of those who looked, after the necessity test; one statement, else none."""
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
