"""Pages of the register description. Published notices are for all staff: they hand them out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.description import papers, queries, services
from registry.description.forms import PublishForm
from registry.description.queries import Description
from registry.description.rules import Part, digest, stored
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import form_page, posted

DRAFT = "luonnos"
KEEP = ((Group.RIGHTS, Level.WRITE),)


@access(Action.VIEW, Surface.LIST)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published versions; for the registrar also what has changed since the last one."""
    keeps = current().actor.level(Group.RIGHTS) >= Level.WRITE
    found = queries.versions()
    context: dict[str, Any] = {"versions": found, "keeps": keeps, "problem": "", "changed": 0}
    if keeps:
        try:
            context["changed"] = _changed(found)
        except ValidationError as missing:
            context["problem"] = " ".join(missing.messages)
    return render(request, "description/index.html", context)


def _changed(found: list[Any]) -> int:
    """How many lines differ from the newest version."""
    description = queries.draft(timezone.localdate())
    if found and found[0].digest == digest(stored(description.content)):
        return 0
    return len(queries.changes(description))


@access(Action.VIEW, Surface.DETAIL)
@require_safe
def notice(request: HttpRequest, name: str) -> HttpResponse:
    """The privacy notice of a version."""
    return _page(request, name, Part.NOTICE)


@access(Action.VIEW, Surface.DETAIL, needs=KEEP)
@require_safe
def record(request: HttpRequest, name: str) -> HttpResponse:
    """The record of article 30 of a version."""
    return _page(request, name, Part.RECORD)


@access(Action.VIEW, Surface.DETAIL, needs=KEEP)
@require_safe
def changes(request: HttpRequest, name: str) -> HttpResponse:
    """What a version changed, line by line."""
    description = _description(name)
    context = {
        "description": description,
        "old": queries.before(description),
        "changes": queries.changes(description),
        "tabs": _tabs(description, "description:changes"),
    }
    return render(request, "description/changes.html", context)


@access(Action.VIEW, Surface.FILE)
@require_safe
def notice_pdf(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The privacy notice as PDF."""
    return _pdf(name, Part.NOTICE, language)


@access(Action.VIEW, Surface.FILE, needs=KEEP)
@require_safe
def record_pdf(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The record of article 30 as PDF."""
    return _pdf(name, Part.RECORD, language)


@access(Action.SETTING, Surface.FORM, needs=KEEP)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the description as it is now."""
    today = timezone.localdate()
    number = len(queries.versions()) + 1
    form = PublishForm(posted(request), initial={"code": str(number + 1), "valid_from": today})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        version = form.run(lambda: services.publish(**given, today=today))
        if version is not None:
            messages.success(request, _("Seloste on julkaistu."))
            return redirect("description:notice", version)
    return form_page(request, "description/publish.html", forms=[form], form=form)


def _description(name: str) -> Description:
    """The draft for those who keep the register, or a published version. Raises ObjectDenied."""
    if name != DRAFT:
        return queries.published(name)
    if current().actor.level(Group.RIGHTS) < Level.WRITE:
        raise ObjectDenied(queries.TABLE)
    try:
        return queries.draft(timezone.localdate())
    except ValidationError as refused:
        if refused.code != queries.NO_COMPANY:
            raise
        raise ObjectDenied(queries.TABLE) from None  # the first page says what is missing


def _page(request: HttpRequest, name: str, part: Part) -> HttpResponse:
    description = _description(name)
    view = f"description:{'notice' if part is Part.NOTICE else 'record'}"
    context = {
        "description": description,
        "title": papers.KINDS[part].title,
        "sections": description.content[part],
        "tabs": _tabs(description, view),
        "files": [
            (language, reverse(f"{view}_pdf", args=[description.name, language]))
            for language in papers.LANGUAGES
        ],
        "language": get_language(),
    }
    return render(request, "description/page.html", context)


def _tabs(description: Description, current_view: str) -> list[dict[str, Any]]:
    """The parts of one version that the actor may see."""
    parts = [(_("Tietosuojaseloste"), "description:notice")]
    if current().actor.level(Group.RIGHTS) >= Level.WRITE:
        parts += [
            (_("Seloste käsittelytoimista"), "description:record"),
            (_("Muutokset"), "description:changes"),
        ]
    return [
        {"label": label, "url": reverse(view, args=[description.name]),
         "current": view == current_view}
        for label, view in parts
    ]  # fmt: skip


def _pdf(name: str, part: Part, language: str) -> HttpResponse:
    description = _description(name)
    answer = HttpResponse(papers.pdf(description, part, language), content_type="application/pdf")
    file = f"{part.value}-{description.name}-{language}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{file}"'
    return answer
