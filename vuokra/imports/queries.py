"""What is asked of imports: the runs, their reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.imports import services
from vuokra.imports.models import Finding, ImportRun
from vuokra.imports.registry import Importer

LATEST = 20
PAGE = 100


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as the list shows it."""

    run: ImportRun
    who: str


def latest_runs(kind: Importer) -> list[RunRow]:
    """The latest runs of one kind, the newest first; two statements."""
    runs = list(ImportRun.objects.filter(kind=kind.code)[:LATEST])
    names = staff_names(run.user_id for run in runs if run.user_id)
    return [RunRow(run, names.get(run.user_id or 0, _("Komento palvelimella"))) for run in runs]


def run_of(kind: Importer, pk: int) -> ImportRun:
    """A run with its progress. Raises ObjectDenied when there is none of this kind."""
    run = ImportRun.objects.select_related("progress").filter(kind=kind.code, pk=pk).first()
    if run is None:
        raise ObjectDenied(services.TABLE, pk)
    return run


def findings(run: ImportRun, page: int) -> Page[Finding]:
    """A page of what was found, errors first, by row."""
    return Paginator(run.findings.all(), PAGE).get_page(page)


def report_rows(run: ImportRun) -> Iterator[list[object]]:
    """The whole report as rows of a file, headers first; without values of the file."""
    yield [_("rivi"), _("sarake"), _("laji"), _("selitys")]
    for finding in run.findings.iterator():
        kind = _("huomautus") if finding.warning else _("virhe")
        yield [finding.row or "", finding.column, kind, finding.text]
