"""The copy of a request: ordered, and made for handing over as a sealed package or on paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registry.copies import services as made
from registry.copies.models import Copy
from registry.copies.queries import summary
from registry.rights.models import DataRequest, Right
from registry.rights.queries.copies import KINDS, copies_of
from registry.rights.queries.page import TABLE, request_by_number
from registry.rights.services import Changed, copying
from registry.rights.views.common import HANDLING, WRITE, act_now, page_of
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.ui.pages import number_told

PDF = "application/pdf"


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_POST
def collect(request: HttpRequest, number: str, right: str) -> HttpResponse:
    """Order the copy of a right; the worker collects it."""
    row = request_by_number(number)
    asked = _right(row, right)
    return act_now(
        request, row, lambda version: copying.start(row, asked, version=version),
        _("Tietoja kootaan. Jatka, kun kokoaminen on valmis."),
    )  # fmt: skip


@access(Action.VIEW, Surface.DETAIL, purposes=HANDLING, needs=WRITE)
@require_safe
def copy(request: HttpRequest, number: str, right: str) -> HttpResponse:
    """How the copy of an approved answer is handed over."""
    row = request_by_number(number)
    return _page(request, row, _right(row, right))


@access(Action.EXPORT, Surface.EXPORT, purposes=HANDLING, needs=WRITE)
@require_POST
def pack(request: HttpRequest, number: str, right: str) -> HttpResponse:
    """Make the package. Its password is on this page alone and is kept nowhere."""
    row = request_by_number(number)
    asked = _right(row, right)
    try:
        _copy, password = copying.pack(row, asked, version=_version(request))
    except (Changed, ValidationError) as refused:
        return _refused(request, row, asked, refused)
    return _page(request, row, asked, password)


@access(Action.EXPORT, Surface.EXPORT, purposes=HANDLING, needs=WRITE)
@require_POST
def package(request: HttpRequest, number: str, right: str) -> HttpResponse:
    """The package as it was made, to be sent or kept on a medium."""
    row = request_by_number(number)
    asked = _right(row, right)
    try:
        pdf = copying.package(row, asked)
    except ValidationError as refused:
        return _refused(request, row, asked, refused)
    return _file(pdf, f"{row.slug}-jaljennos.pdf")


@access(Action.PRINT, Surface.EXPORT, purposes=HANDLING, needs=WRITE, fresh=True)
@require_POST
def print_copy(request: HttpRequest, number: str, right: str) -> HttpResponse:
    """The copy for paper."""
    row = request_by_number(number)
    asked = _right(row, right)
    try:
        pdf = copying.print_copy(row, asked, version=_version(request))
    except (Changed, ValidationError) as refused:
        return _refused(request, row, asked, refused)
    return _file(pdf, f"{row.slug}-tuloste.pdf")


def _right(row: DataRequest, code: str) -> Right:
    """A right of the request that gives a copy. Raises ObjectDenied."""
    if code not in {right.value for right in KINDS if right in row.asks}:
        raise ObjectDenied(TABLE, row.pk)
    return Right(code)


def _copy(row: DataRequest, right: Right) -> Copy:
    found = copies_of(row).get(right)
    if found is None:
        raise ObjectDenied(TABLE, row.pk)
    return found


def _version(request: HttpRequest) -> int:
    return number_told(request.POST.get("version", "")) or 0


def _page(request: HttpRequest, row: DataRequest, right: Right, password: str = "") -> HttpResponse:
    found = _copy(row, right)
    context = {
        "row": row, "person": row.person, "right": right, "copy": found, "password": password,
        "approved": made.is_approved(found), "summary": summary(found), "back": page_of(row),
        "heading": _("Jäljennös annettavaksi"),
    }  # fmt: skip
    return render(request, "rights/copy.html", context)


def _refused(
    request: HttpRequest, row: DataRequest, right: Right, refused: ValidationError
) -> HttpResponse:
    for text in refused.messages:
        messages.error(request, text)
    return redirect("rights:copy", row.slug, right.value)


def _file(pdf: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(pdf, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
