"""Where an application is checked: its original beside what was recorded of it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.intake.models import Attachment
from applications.intake.queries import review as queries
from applications.intake.views.acts import paper_of
from applications.intake.views.common import (
    CHECKING,
    METHODS,
    PAPERS,
    PURPOSES,
    READ,
    page_of,
    review_of,
    row_of,
    view_of,
)
from applications.intake.views.pages import shown_of
from leases.inspections import pictures
from registry.protection import asking
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.documents import drawn
from vuokra.ui.listing import PART, address
from vuokra.ui.pages import UNPROCESSABLE

PDF = "application/pdf"
SEEN_AS_PICTURE = (PDF, "image/jpeg", "image/png")


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def review(request: HttpRequest, number: str) -> HttpResponse:
    """An application as it came, beside what is recorded and checked of it; the next one of the
    view of the list that one came from. The original is read by its own address, with an event of
    its own; of a household under turvakielto it is not shown unasked."""
    row = row_of(number)
    view = view_of(request.GET.get(PART, ""))
    beside = queries.neighbours(row, view, today=row.today)
    original = queries.original_of(row)
    back = address({PART: view.value if view else ""})
    context = shown_of(row) | {
        "original": original, "back": back, "view": view,
        "pictured": original is not None
        and original.mime in SEEN_AS_PICTURE
        and not row.hidden,
        "tenancies": queries.tenancies_of(row, today=row.today),
        "way": f"?{CHECKING}={view.value if view else ''}",
        "before": beside.before and review_of(beside.before, view),
        "after": beside.after and review_of(beside.after, view),
    }  # fmt: skip
    return render(request, "applications/review.html", context)


@access(Action.DOWNLOAD, Surface.FILE, purposes=PURPOSES, needs=PAPERS)
@require_safe
def paper_picture(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """A paper drawn anew as a picture, in which nothing acts; each opening is an event of its
    own. 422 when it cannot be drawn."""
    row = row_of(number)
    known = paper_of(row, uuid)
    if row.hidden or not known.file or known.mime not in SEEN_AS_PICTURE:
        raise ObjectDenied(Attachment._meta.db_table)
    with known.file.open() as file:
        content = file.read()
    try:
        shown = drawn.drawn(content) if known.mime == PDF else pictures.judged(content).content
    except (drawn.NotDrawn, ValidationError):
        text = _("Tiedostoa ei voi näyttää kuvana. Avaa tiedosto.")
        return HttpResponse(text, status=UNPROCESSABLE, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(shown, content_type=drawn.MIME)
    answer["Content-Disposition"] = f'inline; filename="liite-{row.application.number}.jpg"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@access(Action.VIEW, Surface.FORM, purposes=PURPOSES, needs=(*PAPERS, asking.NEEDS))
@require_http_methods(METHODS)
def reason(request: HttpRequest, number: str) -> HttpResponse:
    """For what the papers of a household under turvakielto are opened. Raises ObjectDenied for any
    other."""
    row = row_of(number)
    if not row.hidden:
        raise ObjectDenied(Attachment._meta.db_table)
    return asking.ask(
        request, row.covered, to=page_of(row.application), back=page_of(row.application),
        title=_("Hakemus koskee ruokakuntaa, jolla on turvakielto."),
        explain=_("Sen paperit kertovat, missä se asuu. Ne avataan vain tehtävään, jossa niitä "
                  "tarvitaan."),
        button=_("Avaa paperit"),
    )  # fmt: skip
