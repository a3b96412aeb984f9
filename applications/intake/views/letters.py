"""Letters that are ordered from the page of an application."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.intake import letters
from applications.intake.views.common import PURPOSES, WRITE, page_of, row_of
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.documents.models import Document


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def order_letter(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Order a letter to the applicant; the worker makes it."""
    row = row_of(number)
    if kind not in letters.LETTERS:
        raise ObjectDenied(Document._meta.db_table)
    try:
        document = letters.order(row.application, letters.LETTERS[kind])
    except ValidationError as refused:
        for text in refused.messages:
            messages.error(request, text)
        return redirect(page_of(row.application))
    messages.success(request, _("Kirje tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)
