"""Bringing files in: check, confirm, import; all in the open access context's transaction."""

from __future__ import annotations

import gc
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.imports.errors import FileRefused
from vuokra.imports.models import UNDER_WAY, WITH_FILE, Finding, ImportRun, Progress, State
from vuokra.imports.reader import read_table
from vuokra.imports.registry import Importer, Plan, Report, Stage, Tell, importer
from vuokra.imports.rule_rows import FILE_DAYS
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule

TABLE = "vuokra_imports_run"


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did, or would do. Without a plan the file had errors and nothing was written."""

    report: Report
    rows: int = 0
    plan: Plan[Any] | None = None


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of a file, in hexadecimal; the file is at its beginning afterwards."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # reads bytes
    file.seek(0)
    return digest


# -- what the staff do -------------------------------------------------------------------------


def start(kind: Importer, file: IO[bytes]) -> ImportRun:
    """Seal a file and put it into the queue to be checked (tuonnin aloitus)."""
    _demand_rights(kind)
    run = _new_run(kind, file)
    run.file.save("", File(file), save=False)
    run.save()
    Progress.objects.create(run=run)
    _queue(run)
    return run


def confirm(run: ImportRun) -> None:
    """Have a checked file imported (tuonnin hyväksyminen). Raises ObjectDenied when it is not
    waiting for that."""
    run = _locked(run, State.READY)
    run.state, run.confirmed_at = State.IMPORTING, timezone.now()
    run.save()
    _queue(run)


def restart(run: ImportRun) -> None:
    """Go on with a run whose worker stopped or failed; nothing of it was saved. Raises ObjectDenied
    when somebody works on it."""
    run = _locked(run, State.FAILED, *UNDER_WAY)
    run.state = State.IMPORTING if run.confirmed_at else State.CHECKING
    run.ended_at = None
    run.save()
    _queue(run)


def discard(run: ImportRun) -> None:
    """Give up a file that has not been imported; it is removed (tuonnin hylkääminen). Raises
    ObjectDenied when it is too late."""
    run = _locked(run, State.READY, State.FAILED)
    run.state, run.ended_at = State.DISCARDED, timezone.now()
    run.save()
    transaction.on_commit(lambda: remove_file(run.pk))


def is_interrupted(run: ImportRun) -> bool:
    """Whether the work on a run began and nobody is at it any more: its worker was stopped."""
    if not run.under_way or not run.progress.stage:
        return False
    with transaction.atomic():
        return _if_free(run.pk) is not None


# -- what the worker does ----------------------------------------------------------------------


def proceed(run_id: int, tell: Tell) -> None:
    """Do what a run waits for: check its file, or import it. Nothing when there is nothing to do.

    Everything is written in the open transaction, or nothing is.
    """
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)
    if not run.under_way:
        return
    kind = importer(run.kind)
    with translation.override(run.language), _collecting_later():
        _demand_rights(kind)
        with run.file.open() as opened:
            content = io.BytesIO(opened.read())
        write = run.state == State.IMPORTING
        result = examine(kind, content, today=timezone.localdate(), tell=tell)
        if write and result.plan is not None:
            carry_out(kind, result.plan, tell)
        _record(run, result, written=write)


def examine(kind: Importer, file: IO[bytes], *, today: date, tell: Tell) -> Result:
    """Read a file and check every row; writes nothing (koeajo)."""
    report = Report()
    tell(Stage.READ, 0, 0)
    try:
        rows = read_table(file, kind.columns)
    except FileRefused as refused:
        for message in refused.messages:
            report.error(0, "", message)
        return Result(report)
    for row in rows:
        for column, problem in row.problems.items():
            report.error(row.number, column, problem)
    plan = kind.check(rows, report, today, tell)
    return Result(report, len(rows), None if report.errors else plan)


def carry_out(kind: Importer, plan: Plan[Any], tell: Tell) -> None:
    """Write what a check has prepared; the access event names everybody concerned."""
    _demand_rights(kind)
    if plan.new:
        current().note_subjects(kind.write(plan, tell))


def import_now(
    kind: Importer, file: IO[bytes], *, today: date, tell: Tell, dry_run: bool
) -> tuple[ImportRun, Result]:
    """Check a file and import it at once, as a command does; the run is kept, the file is not."""
    _demand_rights(kind)
    run = _new_run(kind, file)
    run.save()
    with _collecting_later():
        result = examine(kind, file, today=today, tell=tell)
        if result.plan is not None and not dry_run:
            carry_out(kind, result.plan, tell)
    _record(run, result, written=not dry_run)
    if run.state == State.READY:
        run.state = State.DISCARDED
        run.save()
    return run, result


def fail(run_id: int) -> None:
    """Say that the work on a run ended in a fault; its transaction was rolled back."""
    ImportRun.objects.filter(pk=run_id, state__in=UNDER_WAY).update(
        state=State.FAILED, ended_at=timezone.now()
    )


def remove_file(run_id: int) -> None:
    """Remove the file of a run that needs it no longer: first the file, then what names it."""
    run = ImportRun.objects.get(pk=run_id)
    if run.file and run.state not in WITH_FILE:
        run.file.storage.delete(str(run.file.name))
        ImportRun.objects.filter(pk=run_id).update(file="")


def remove_old_files() -> int:
    """Discard runs that nobody confirmed in time, and remove files left behind; how many."""
    limit = timezone.now() - timedelta(days=rule(FILE_DAYS, timezone.localdate()).integer)
    ImportRun.objects.filter(state__in=WITH_FILE, created_at__lt=limit).update(
        state=State.DISCARDED, ended_at=timezone.now()
    )
    left = ImportRun.objects.filter(~Q(state__in=WITH_FILE), ~Q(file=""))
    ids = list(left.values_list("pk", flat=True))
    for run_id in ids:
        remove_file(run_id)
    return len(ids)


# -- parts -------------------------------------------------------------------------------------


def _new_run(kind: Importer, file: IO[bytes]) -> ImportRun:
    """A run of the open context's actor; the event names the file by its digest."""
    ctx = current()
    digest = digest_of(file)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    ctx.note("file", digest)
    return ImportRun(
        kind=kind.code,
        user_id=ctx.actor.user_id,
        actor=ctx.actor.key,
        purpose=ctx.purpose or Purpose.VALVONTA,
        language=(translation.get_language() or "fi")[:2],
        digest=digest,
        size=size,
    )


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Put off the garbage collector: it would search all rows of the file again and again, which
    doubles the processor time of 15,000 people and grows faster than their number."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _demand_rights(kind: Importer) -> None:
    for group, level in kind.needs:
        current().require(group, level)


def _locked(run: ImportRun, *states: State) -> ImportRun:
    """The run, locked; refuses one that a worker has, or in another state."""
    free = _if_free(run.pk)
    if free is None or free.state not in states:
        raise ObjectDenied(TABLE, run.pk)
    return free


def _if_free(run_id: int) -> ImportRun | None:
    """The run when nobody holds its lock."""
    return (
        ImportRun.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=run_id).first()
    )


def _queue(run: ImportRun) -> None:
    from vuokra.imports.tasks import work

    Progress.objects.filter(run=run).update(stage="", done=0, total=0)
    work.enqueue(run.pk)


def _record(run: ImportRun, result: Result, *, written: bool) -> None:
    """Keep the report, the numbers and how it ended."""
    report, plan = result.report, result.plan
    run.findings.all().delete()
    Finding.objects.bulk_create(
        [
            Finding(
                run=run,
                row=note.row,
                column=_title(run, note.column),
                text=note.text,
                warning=note.warning,
            )
            for note in report.notes
        ],
        batch_size=1000,
    )
    run.rows, run.errors, run.warnings = result.rows, report.errors, report.warnings
    run.new = len(plan.new) if plan else 0
    run.known = plan.known if plan else 0
    run.state = State.REFUSED if plan is None else State.DONE if written else State.READY
    run.ended_at = None if run.state == State.READY else timezone.now()
    run.save()
    current().note("file", run.digest)


def _title(run: ImportRun, column: str) -> str:
    return importer(run.kind).columns.title(column) if column else ""
