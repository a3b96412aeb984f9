"""Ordering a copy, collecting it in the worker, and collecting it anew."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from registry.copies import carrying, finding, gates, queries
from registry.copies.carrying import Earlier
from registry.copies.codes import Decision, Reason, Unneeded
from registry.copies.content import ATTACHED, CopyContent, dumped, place_of
from registry.copies.gathering import collect, fingerprint
from registry.copies.models import Copy, CopyKind, Enclosure, Finding, Progress, Reading, State
from registry.copies.rule_rows import OPEN_DAYS
from registry.copies.services.working import (
    LIVE,
    WHY,
    forget_package,
    last_day,
    locked,
    remove_files,
    require_keeper,
)
from registry.persons.models import Person
from registry.persons.queries.standing import refuse_if_tied
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.accounts.models import User
from vuokra.rules.errors import RuleMissing

WAITS = dt.timedelta(minutes=5)


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
    require_keeper()
    refuse_if_tied(person)
    if language not in ("fi", "en"):
        raise ValueError(f"A copy is not made in {language}.")
    copy = _ordered(person, language=language, kind=kind, reference=reference)
    copy.ordered_by = by
    copy.save()
    _queue(copy)
    return copy


@transaction.atomic
def collect_now(person: Person, *, language: str, kind: str, reference: str) -> Copy:
    """A copy collected at once, as a command does; in a context that reaches every field group."""
    copy = _ordered(person, language=language, kind=kind, reference=reference)
    copy.save()
    proceed(copy.pk, lambda done, total: None)
    return Copy.objects.get(pk=copy.pk)


def _ordered(person: Person, *, language: str, kind: str, reference: str) -> Copy:
    return Copy(
        person=person,
        kind=kind,
        language=language,
        reference=reference,
        destroy_on=last_day(OPEN_DAYS),
    )


@transaction.atomic
def restart(copy: Copy) -> Copy:
    """Collect a copy anew: after a fault, a stopped worker, or when the data have changed since.

    The earlier snapshot stays until the new one is there: decisions on what has not changed are
    kept. The approval falls whatever has changed. Raises ObjectDenied for one that was discarded or
    destroyed, and what the gate raises.
    """
    require_keeper()
    copy = locked(copy, *LIVE)
    gates.pass_changing(copy)
    forget_package(copy)
    copy.fault = ""
    copy.state, copy.ordered_at = State.QUEUED, timezone.now()
    copy.destroy_on = last_day(OPEN_DAYS)
    copy.save()
    _queue(copy)
    return copy


@transaction.atomic
def discard(copy: Copy, why: Unneeded) -> None:
    """Give a copy up that nobody needs any more; what was collected is destroyed at once.

    Raises ObjectDenied for one that was destroyed or given up before.
    """
    require_keeper()
    copy = locked(copy, *LIVE)
    remove_files(copy)
    forget_package(copy)
    copy.digest = ""
    copy.collected_at = copy.destroy_on = None
    copy.state, copy.unneeded = State.DISCARDED, why
    copy.save()
    current().note("copy_discarded", str(copy.uuid))
    current().note_subjects([copy.person_id])


def proceed(copy_id: int, tell: Callable[[int, int], None]) -> None:
    """Collect a copy that waits, and find what in it is others'; in the open transaction, so that a
    worker that is killed leaves it waiting. The context must be able to read every field group.

    Raises RuleMissing when a retention date cannot be told.
    """
    waiting = Copy.objects.select_for_update(no_key=True, skip_locked=True)
    copy = waiting.filter(pk=copy_id, state=State.QUEUED).first()
    if copy is None:
        return
    earlier = _set_aside(copy)
    with translation.override(copy.language):
        count, last = fingerprint(copy.person)
        content = collect(copy.person, kind=copy.kind, language=copy.language, tell=tell)
        places = finding.find(content)
    data = dumped(content)
    remove_files(copy)
    copy.content.save("", ContentFile(data), save=False)
    copy.digest = hashlib.sha256(data).hexdigest()
    copy.row_count, copy.last_row = count, last
    copy.texts = len(queries.to_read(content))
    _enclose(copy, content)
    copy.state, copy.collected_at = State.REVIEW, timezone.now()
    copy.save()
    with bulk_write(WHY):
        if earlier is None:
            found = [_finding(copy, place) for place in places]
        else:
            kept = carrying.decisions(earlier, content, places)
            found = [_finding(copy, place, decided) for place, decided in kept]
            Reading.objects.bulk_create(
                [_reading(copy, one) for one in carrying.readings(earlier, content)]
            )
        Finding.objects.bulk_create(found, batch_size=500)
    current().note("copy", str(copy.uuid))


def _enclose(copy: Copy, content: CopyContent) -> None:
    """Write down which documents go along: whoever approves opens each of them."""
    with bulk_write(WHY):
        Enclosure.objects.filter(copy=copy).delete()
        Enclosure.objects.bulk_create(
            [
                Enclosure(
                    copy=copy, person_id=copy.person_id, place=place_of(ATTACHED, number),
                    name=one.name, digest=one.digest,
                )
                for number, one in enumerate(content.attachments)
            ]
        )  # fmt: skip


def _set_aside(copy: Copy) -> Earlier | None:
    """What was collected, decided and read before, taken out of the way: the copy does not tell of
    itself. None for one that is collected for the first time."""
    if not copy.content:
        return None
    earlier = Earlier(
        queries.content_of(copy), queries.findings(copy), list(Reading.objects.filter(copy=copy))
    )
    with bulk_write(WHY):
        Finding.objects.filter(copy=copy).delete()
        Reading.objects.filter(copy=copy).delete()
    return earlier


def is_left_behind(copy: Copy) -> bool:
    """Whether it has waited so long that its worker must have been stopped."""
    return copy.state == State.QUEUED and timezone.now() - copy.ordered_at > WAITS


def fail(copy_id: int, fault: BaseException) -> None:
    """Say that collecting ended in a fault; its transaction was rolled back. Of a rule without a
    row for the day its key is kept, so that the page names it."""
    copy = Copy.objects.filter(pk=copy_id, state=State.QUEUED).first()
    if copy is not None:
        copy.state = State.FAILED
        copy.fault = fault.key if isinstance(fault, RuleMissing) else ""
        copy.save()


def _finding(copy: Copy, place: finding.Place, decided: Finding | None = None) -> Finding:
    """A place to be decided on; with the decision that was made of it before, if it stays."""
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
    elif decided is not None:
        found.decision, found.reason = decided.decision, decided.reason
        found.decided_by_id, found.decided_at = decided.decided_by_id, decided.decided_at
    return found


def _reading(copy: Copy, before: Reading) -> Reading:
    return Reading(
        copy=copy, person_id=copy.person_id, code=before.code, by_id=before.by_id, at=before.at
    )


def _queue(copy: Copy) -> None:
    from registry.copies.tasks import gather

    Progress.objects.update_or_create(copy_id=copy.pk, defaults={"done": 0, "total": 0})
    gather.enqueue(copy.pk, copy.ordered_by_id)
