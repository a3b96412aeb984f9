"""Recording that a person was informed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry.persons import queries
from registry.persons.models import NoticeChannel
from registry.persons.purposes import VIEWING
from registry.persons.services import notices as services
from registry.persons.standing_forms import NoticeForm
from registry.persons.views.changing import change_page
from registry.persons.views.common import WRITE_PERSON
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.company.queries import notice_versions
from vuokra.ui.pages import posted


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def add_notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that the person was given the privacy notice."""
    person = queries.person_by_public_id(public_id)
    today = timezone.localdate()
    versions = notice_versions(today)
    form = NoticeForm(posted(request), versions=versions, initial={"given_on": today})

    def save() -> object:
        given = form.cleaned_data
        version = next(known for known in versions if known.pk == given["version"])
        return services.give_notice(
            person,
            version,
            NoticeChannel(given["channel"]),
            given_on=given["given_on"],
            today=today,
        )

    return change_page(
        request, person, form, save,
        done=_("Informointi on kirjattu."), heading=_("Kirjaa informointi"),
    )  # fmt: skip
