"""Pages of one document: what it is, the file, and starting again what was not finished."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.accounts.actor import user_of
from vuokra.accounts.identity import ask_identity
from vuokra.documents import queries, services
from vuokra.policy.groups import Group
from vuokra.policy.rights import WORKING, Level

PDF = "application/pdf"
READ = ((Group.PERSON, Level.READ),)


@access(Action.VIEW, Surface.DETAIL, purposes=WORKING, needs=READ)
@require_safe
def document(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a document is and whom it is about; while the worker has it, how far it is."""
    sheet = queries.sheet(queries.document_by_uuid(uuid))
    context = {"sheet": sheet, "document": sheet.line.document}
    if request.headers.get("HX-Request") != "true":
        return render(request, "documents/document.html", context)
    if sheet.moving:
        return render(request, "documents/progress.html", context)
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


@access(Action.DOWNLOAD, Surface.FILE, purposes=WORKING, needs=READ)
@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file, under a name that says nothing of anybody; one of class D is opened by somebody
    who said a moment ago who they are."""
    found = queries.document_by_uuid(uuid)
    if found.own_file and (asked := ask_identity(request)):
        return asked
    answer = HttpResponse(services.opened(found), content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="asiakirja-{found.uuid.hex[:12]}.pdf"'
    return answer


@access(Action.CREATE, Surface.FORM, purposes=WORKING, needs=READ)
@require_POST
def retry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Start again a document that was not finished, in one's own name."""
    found = queries.document_by_uuid(uuid)
    services.retry(found, by=user_of(request))
    messages.success(request, _("Asiakirja tehdään uudelleen."))
    return redirect("documents:document", found.uuid)


@access(Action.LIST, Surface.LIST, purposes=WORKING, needs=READ)
@require_safe
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """How far documents are that were ordered together, and each of them; while the worker has
    them, the bar asks for itself."""
    found = queries.batch_by_uuid(batch)
    if request.headers.get("HX-Request") != "true":
        context = {"batch": found, "lines": queries.documents_of_batch(batch)}
        return render(request, "documents/batch.html", context)
    if found.moving:
        return render(request, "documents/batch_progress.html", {"batch": found})
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


@access(Action.DOWNLOAD, Surface.FILE, purposes=WORKING, needs=READ)
@require_safe
def print_batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What is ready of a batch in one file to print, as one opening of everybody in it."""
    found = queries.ready_of_batch(batch)
    both_sides = request.GET.get("kaksipuolisesti") == "1"
    answer = HttpResponse(services.joined(found, both_sides=both_sides), content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="asiakirjat-{batch.hex[:12]}.pdf"'
    return answer


@access(Action.CREATE, Surface.FORM, purposes=WORKING, needs=READ)
@require_POST
def retry_batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Start again what was not finished, in one's own name."""
    found = queries.batch_by_uuid(batch)
    services.retry_batch(found.batch, by=user_of(request))
    messages.success(request, _("Keskeneräiset asiakirjat tehdään uudelleen."))
    return redirect("documents:batch", found.batch)
