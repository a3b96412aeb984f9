"""Letters to who asks for a home: what is still needed, until when the application is valid, and
that it is to be renewed.

They go to the address of `letter_address`: under turvakielto that is the contact address. Nothing
of health, income or wealth is told in them, only what is to be sent (good administration, hallinto-
laki 22–23 §; resident-selection specification, sections 10.4, 10.5 and 11).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import AttachmentState, Part, State
from applications.intake.models import Application, Member
from applications.intake.queries.listing import may_remind, with_members
from applications.intake.queries.page import application_page
from applications.intake.rules.complete import Lack
from applications.intake.rules.states import OPEN
from applications.intake.words import lack_words
from registry.persons.queries.marks import standing_of
from registry.protection.letters import letter_address
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting

NOT_WRITTEN: Final = (Lack.BIRTH_DATE, Lack.HETU)
"""What is asked for at the desk, never in a letter that invites to write an identity code."""


def completion_data(document: Document) -> Data:
    """What is asked for and by when (täydennyspyyntö). Raises NotMade."""
    row, today = _of(document), timezone.localdate()
    page = application_page(with_members([row], today)[0])
    papers = [
        [str(line.kind), formatting.date(line.paper.due_on) if line.paper.due_on else ""]
        for line in page.papers
        if line.paper is not None and line.paper.state == AttachmentState.ASKED
    ]
    lacks = dict.fromkeys(one.lack for one in page.missing if one.lack not in NOT_WRITTEN)
    return _common(row, document, today) | {
        "complete_by": formatting.date(row.complete_by) if row.complete_by else "",
        "lacks": [str(lack_words(one)) for one in lacks],
        "papers": papers,
    }


def confirmation_data(document: Document) -> Data:
    """That the application came, and until when it is valid (vahvistus). Raises NotMade."""
    row, today = _of(document), timezone.localdate()
    return _common(row, document, today) | {
        "received_on": formatting.date(row.received_on) if row.received_on else "",
        "renewed_on": formatting.date(row.renewed_on) if row.renewed_on else "",
        "valid_until": formatting.date(row.valid_until) if row.valid_until else "",
    }


def _of(document: Document) -> Application:
    row = Application.objects.filter(pk=document.about_id or 0).first()
    if row is None or row.state not in OPEN:
        raise NotMade(Fault.DATA)
    return row


def _common(row: Application, document: Document, today: date) -> dict[str, object]:
    return {
        "receiver": letter_address(document.subject_id or 0, today).required(),
        "number": row.number,
    }


COMPLETION: Final = Kind(
    key="applications.completion", title=gettext_lazy("Täydennyspyyntö"), group=Group.NEED,
    item="HK-ARA", templates="applications/intake/completion.typ", data=completion_data,
)  # fmt: skip
CONFIRMATION: Final = Kind(
    key="applications.confirmation", title=gettext_lazy("Asuntohakemuksesi"), group=Group.NEED,
    item="HK-ARA", templates="applications/intake/confirmation.typ", data=confirmation_data,
)  # fmt: skip
REMINDER: Final = Kind(
    key="applications.reminder", title=gettext_lazy("Hakemuksesi vanhenee"), group=Group.NEED,
    item="HK-ARA", templates="applications/intake/reminder.typ", data=confirmation_data,
)  # fmt: skip
LETTERS: Final = {
    "taydennyspyynto": COMPLETION, "vahvistus": CONFIRMATION, "muistutus": REMINDER,
}  # fmt: skip
"""The letters by their words in an address."""


@transaction.atomic
def order(application: Application, kind: Kind) -> Document:
    """Order a letter to the applicant, in the applicant's language (kirjeen tilaaminen).

    Raises ValidationError for an application that has not come or has ended, for a request to
    complete one from which nothing is asked, for a reminder of one that does not expire soon, and
    when the applicant is dead or restricted (A35, A59); FunctionDenied as `services.order`.
    """
    if application.state not in OPEN:
        raise ValidationError(_("Kirje tehdään avoimesta hakemuksesta."), code="state")
    asked = application.attachments.filter(state=AttachmentState.ASKED)
    if kind is COMPLETION and application.state != State.INCOMPLETE and not asked.exists():
        text = _("Hakemukselta ei ole pyydetty mitään. Pyydä ensin täydennystä tai liite.")
        raise ValidationError(text, code="nothing")
    if kind is REMINDER:
        today = timezone.localdate()
        if not may_remind(with_members([application], today)[0], today):
            raise ValidationError(_("Hakemus ei vanhene pian."), code="early")
    applicant = Member.objects.select_related("person").get(
        application=application, part=Part.APPLICANT
    )
    if not standing_of(applicant.person, today=timezone.localdate()).may_be_contacted:
        text = _("Hakijalle ei lähetetä kirjettä: hän on kuollut, tai hänen tietojensa käsittelyä "
                 "on rajoitettu.")  # fmt: skip
        raise ValidationError(text, code="silent")
    return services.order_now(
        kind.key, subjects=[applicant.person_id], about_id=application.pk,
        language=kind.spoken(applicant.person.language), reference=application.number,
        usual=Purpose.HAKEMUS,
    )  # fmt: skip


def register() -> None:
    """Called from the room's AppConfig."""
    for kind in LETTERS.values():
        registry.register(kind)
