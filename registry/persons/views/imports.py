"""Bringing people in from a file: upload, report, confirmation, result."""

from __future__ import annotations

from typing import IO, Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons.imports import COLUMNS, IMPORTER
from registry.persons.purposes import VIEWING
from registry.persons.views.common import UNPROCESSABLE, page_number
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.imports import queries, services, template
from vuokra.imports.errors import FileRefused
from vuokra.imports.models import ImportRun, State
from vuokra.imports.reader import LARGEST, open_table, too_large
from vuokra.imports.registry import Stage
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, CONTENT_TYPE, csv_text

NEEDS = IMPORTER.needs
STAGES = {
    "": gettext_lazy("Odottaa vuoroaan"),
    Stage.READ: gettext_lazy("Luetaan tiedostoa"),
    Stage.CHECK: gettext_lazy("Tarkistetaan rivejä"),
    Stage.WRITE: gettext_lazy("Kirjoitetaan rekisteriin"),
}


class FileForm(forms.Form):
    """A file whose kind and headers are looked at before it is taken in."""

    file = forms.FileField(
        label=gettext_lazy("Tiedosto"),
        help_text=gettext_lazy("XLSX tai CSV, enintään 25 Mt ja 100 000 riviä."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Valitse tiedosto."),
            "empty": gettext_lazy("Tiedosto on tyhjä."),
        },
    )

    def clean_file(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["file"]
        try:
            open_table(self.content, COLUMNS)
        except FileRefused as refused:
            raise forms.ValidationError(refused.messages) from None
        return given

    @property
    def content(self) -> IO[bytes]:
        """The bytes that were sent; they are in memory."""
        content: IO[bytes] = self.cleaned_data["file"].file
        return content


@access(Action.IMPORT, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """What a file may have in it, an upload, and the latest imports."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound:
        if _dropped(request):
            form.errors["file"] = form.error_class(too_large().messages)
        elif form.is_valid():
            run = services.start(IMPORTER, form.content)
            return redirect("persons:import_run", run.pk)
    context = {"form": form, "columns": COLUMNS, "runs": queries.latest_runs(IMPORTER)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "persons/imports.html", context, status=status)


def _dropped(request: HttpRequest) -> bool:
    """Whether the upload was too large to be taken into memory, and so was not kept at all."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=NEEDS)
@require_safe
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, what is wrong with its rows, and what can be done."""
    run = queries.run_of(IMPORTER, pk)
    if request.headers.get("HX-Request") == "true":
        return _progress(request, run)
    page = queries.findings(run, page_number(request))
    context = _state_of(run) | {"page": page, "findings": page.object_list, "query": ""}
    return render(request, "persons/import_run.html", context)


def _progress(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """The part of the page that asks for itself again; when the work ends, the whole page."""
    context = _state_of(run)
    if context["moving"]:
        return render(request, "persons/import_progress.html", context)
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


def _state_of(run: ImportRun) -> dict[str, Any]:
    interrupted = services.is_interrupted(run)
    moving = run.under_way and not interrupted
    return {
        "run": run,
        "moving": moving,
        "broken": interrupted or run.state == State.FAILED,
        "stage": STAGES[run.progress.stage] if moving else "",
    }


@access(Action.IMPORT, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_POST
def confirm_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a checked file imported."""
    services.confirm(queries.run_of(IMPORTER, pk))
    return redirect("persons:import_run", pk)


@access(Action.IMPORT, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_POST
def restart_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Start again a run whose worker stopped."""
    services.restart(queries.run_of(IMPORTER, pk))
    return redirect("persons:import_run", pk)


@access(Action.IMPORT, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a file that was not imported."""
    services.discard(queries.run_of(IMPORTER, pk))
    messages.success(request, _("Tiedosto on hylätty. Mitään ei tuotu."))
    return redirect("persons:imports")


@access(Action.DOWNLOAD, Surface.FILE, purposes=VIEWING, needs=NEEDS)
@require_safe
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The row report as CSV; it repeats nothing of the file."""
    run = queries.run_of(IMPORTER, pk)
    text = BYTE_ORDER_MARK + csv_text(queries.report_rows(run))
    return _file(text.encode(), CONTENT_TYPE, "tuontiraportti.csv")


@access(Action.VIEW, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_safe
def import_template(request: HttpRequest, form: str) -> HttpResponse:
    """An empty file with the headers, `xlsx` or `csv`."""
    if form == "xlsx":
        return _file(template.workbook(COLUMNS), template.XLSX_TYPE, "henkilot.xlsx")
    text = BYTE_ORDER_MARK + csv_text([[column.title for column in COLUMNS]])
    return _file(text.encode(), CONTENT_TYPE, "henkilot.csv")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
