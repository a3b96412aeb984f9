"""The pages of one kind of import: upload, report, confirmation, result.

A room makes them for its importer and adds their addresses to its own:

    pages = ImportPages(IMPORTER, "persons", VIEWING, WORDS, "henkilot")
    urlpatterns = [*pages.urls("tuonti/"), …]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.imports import queries, services, template
from vuokra.imports.columns import Columns
from vuokra.imports.errors import FileRefused
from vuokra.imports.models import ImportRun, State
from vuokra.imports.reader import LARGEST, open_table, too_large
from vuokra.imports.registry import Importer, Stage
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting
from vuokra.ui.pages import UNPROCESSABLE, page_number
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, CONTENT_TYPE, csv_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STAGES = {
    "": gettext_lazy("Odottaa vuoroaan"),
    Stage.READ: gettext_lazy("Luetaan tiedostoa"),
    Stage.CHECK: gettext_lazy("Tarkistetaan rivejä"),
    Stage.WRITE: gettext_lazy("Kirjoitetaan rekisteriin"),
}
Counted = Callable[[int], str]
"""A sentence in the language of the screen with a place for a number, `%(count)s`."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages of one import say: how the file is made up, what importing it would do and
    did, and the page that they belong to."""

    columns: StrOrPromise
    button: Counted
    done: Counted
    known: Counted
    nothing: StrOrPromise
    home: str
    home_label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of `Words` about one run, and the names of the addresses: for the templates."""

    title: StrOrPromise
    columns: StrOrPromise
    button: str
    done: str
    known: str
    nothing: StrOrPromise
    home: str
    home_label: StrOrPromise
    upload: str
    run: str
    confirm: str
    restart: str
    discard: str
    report: str
    template: str


def _told(sentence: Counted, count: int) -> str:
    return sentence(count) % {"count": formatting.number(count, 0)}


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

    def __init__(self, *args: Any, columns: Columns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        if columns.nested is not None:
            self.fields["file"].help_text = _(
                "XLSX, CSV tai JSON, enintään 25 Mt ja 100 000 riviä."
            )
            self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.txt,.json"

    def clean_file(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["file"]
        try:
            open_table(self.content, self.columns)
        except FileRefused as refused:
            raise forms.ValidationError(refused.messages) from None
        return given

    @property
    def content(self) -> IO[bytes]:
        """The bytes that were sent; they are in memory."""
        content: IO[bytes] = self.cleaned_data["file"].file
        return content


class ImportPages:
    """The pages of one importer, in the namespace of its room."""

    def __init__(
        self,
        importer: Importer,
        namespace: str,
        purposes: Sequence[Purpose],
        words: Words,
        file_name: str,
    ) -> None:
        self.importer, self.namespace = importer, namespace
        self.purposes, self.words, self.file_name = tuple(purposes), words, file_name

    def urls(self, prefix: str) -> list[URLPattern]:
        """The addresses below `prefix`, each behind the rights that the import needs."""
        form, look = (Action.IMPORT, Surface.FORM), (Action.VIEW, Surface.DETAIL)
        both = require_http_methods(["GET", "HEAD", "POST"])
        one = f"{prefix}<int:pk>/"
        return [
            path(prefix, self._guard(both(self.list), *form), name="imports"),
            path(
                f"{prefix}pohja.<str:form>",
                self._guard(require_safe(self.template), Action.VIEW, Surface.FORM),
                name="import_template",
            ),
            path(one, self._guard(require_safe(self.run), *look), name="import_run"),
            path(
                f"{one}tuo/",
                self._guard(require_POST(self.confirm), *form),
                name="confirm_import",
            ),
            path(
                f"{one}uudelleen/",
                self._guard(require_POST(self.restart), *form),
                name="restart_import",
            ),
            path(
                f"{one}hylkaa/",
                self._guard(require_POST(self.discard), *form),
                name="discard_import",
            ),
            path(
                f"{one}raportti/",
                self._guard(require_safe(self.report), Action.DOWNLOAD, Surface.FILE),
                name="import_report",
            ),
        ]

    def _guard(self, view: Any, action: Action, surface: Surface) -> Any:
        needs = self.importer.needs
        return access(action, surface, purposes=self.purposes, needs=needs)(view)

    def _name(self, page: str) -> str:
        return f"{self.namespace}:{page}"

    def shown(self, run: ImportRun | None = None) -> Shown:
        """What the templates say, of a run or of none."""
        words, new, known = self.words, run.new if run else 0, run.known if run else 0
        return Shown(
            self.importer.title, words.columns, _told(words.button, new), _told(words.done, new),
            _told(words.known, known), words.nothing, words.home, words.home_label,
            *map(
                self._name,
                ("imports", "import_run", "confirm_import", "restart_import", "discard_import",
                 "import_report", "import_template"),
            ),
        )  # fmt: skip

    # -- views ---------------------------------------------------------------------------------

    def list(self, request: HttpRequest) -> HttpResponse:
        """What a file may have in it, an upload, and the latest imports."""
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = FileForm(*posted, columns=self.importer.columns)
        if form.is_bound:
            if _dropped(request):
                form.errors["file"] = form.error_class(too_large().messages)
            elif form.is_valid():
                run = services.start(self.importer, form.content)
                return redirect(self._name("import_run"), run.pk)
        context = {
            "pages": self.shown(),
            "form": form,
            "columns": self.importer.columns,
            "runs": queries.latest_runs(self.importer),
        }
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "imports/list.html", context, status=status)

    def run(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far a run is, what is wrong with its rows, and what can be done."""
        run = queries.run_of(self.importer, pk)
        context = _state_of(run) | {"pages": self.shown(run)}
        if request.headers.get("HX-Request") == "true":
            return _progress(request, context)
        page = queries.findings(run, page_number(request))
        context |= {"page": page, "findings": page.object_list, "query": ""}
        return render(request, "imports/run.html", context)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have a checked file imported."""
        services.confirm(queries.run_of(self.importer, pk))
        return redirect(self._name("import_run"), pk)

    def restart(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Start again a run whose worker stopped."""
        services.restart(queries.run_of(self.importer, pk))
        return redirect(self._name("import_run"), pk)

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give up a file that was not imported."""
        services.discard(queries.run_of(self.importer, pk))
        messages.success(request, _("Tiedosto on hylätty. Mitään ei tuotu."))
        return redirect(self._name("imports"))

    def report(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The row report as CSV; it repeats nothing of the file."""
        run = queries.run_of(self.importer, pk)
        text = BYTE_ORDER_MARK + csv_text(queries.report_rows(run))
        return _file(text.encode(), CONTENT_TYPE, "tuontiraportti.csv")

    def template(self, request: HttpRequest, form: str) -> HttpResponse:
        """An empty file with the headers, `xlsx` or `csv`."""
        columns = self.importer.columns
        if form == "xlsx":
            return _file(template.workbook(columns), template.XLSX_TYPE, f"{self.file_name}.xlsx")
        text = BYTE_ORDER_MARK + csv_text([[column.title for column in columns]])
        return _file(text.encode(), CONTENT_TYPE, f"{self.file_name}.csv")


def _dropped(request: HttpRequest) -> bool:
    """Whether the upload was too large to be taken into memory, and so was not kept at all."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST


def _progress(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The part of the page that asks for itself again; when the work ends, the whole page."""
    if context["moving"]:
        return render(request, "imports/progress.html", context)
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


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
