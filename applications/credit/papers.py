"""The notice that credit data were used against somebody (ilmoitus luottotietojen käytöstä).

It names the register, where the person can see and correct the data. Source: luottotietolaki 19 §
6 mom., applied to leases too by the company's practice.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from applications.credit.models import AGAINST, CreditCheck
from applications.credit.queries import of_ones_cases
from applications.credit.services import TEXTS
from registry.protection.letters import letter_address
from vuokra.access.actor import Case
from vuokra.access.context import current
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting

CASE: Final = "luottotiedot"


def notice_data(document: Document) -> Data:
    """What the notice says. Raises NotMade when nothing was decided against the person."""
    current().case = Case(CASE, document.about_id or 0)
    row = CreditCheck.objects.filter(pk=document.about_id or 0, measure__in=AGAINST).first()
    if row is None:
        raise NotMade(Fault.DATA)
    return {
        "receiver": letter_address(document.subject_id or 0, timezone.localdate()).required(),
        "register": row.register,
        "asked_on": formatting.date(row.asked_on),
        "measure": row.get_measure_display().lower(),
    }


NOTICE: Final = Kind(
    key="credit.notice", title=gettext_lazy("Ilmoitus luottotietojen käytöstä"),
    group=Group.CREDIT, item="HK-LUOTTO", templates="applications/credit/notice.typ",
    data=notice_data,
)  # fmt: skip


@transaction.atomic
def order_notice(row: CreditCheck) -> Document:
    """Order the notice, in the person's language. Raises ValidationError when nothing was decided
    against the person because of the data."""
    if not row.against:
        raise ValidationError(TEXTS["measure"], code="measure")
    reference = f"LT-{row.asked_on.year}-{row.pk:04}"
    return services.order_now(
        NOTICE.key, subjects=[row.person_id], about_id=row.pk,
        language=NOTICE.spoken(row.person.language), reference=reference,
        usual=Purpose.ASUKASVALINTA,
    )  # fmt: skip


def without_others_cases(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents without notices of cases that are not the user's: credit data open for a case
    alone (A47), on paper too."""
    theirs = CreditCheck.objects.filter(of_ones_cases()).values("pk")
    return documents.exclude(~Q(about_id__in=theirs), kind=NOTICE.key)


def register() -> None:
    """Called from the room's AppConfig."""
    registry.register(NOTICE)
    registry.hide(without_others_cases)
