"""The letter by which a flat is offered (asuntotarjous), to the address of `letter_address`.

Under turvakielto it names no flat: that is told by telephone or at the office. Source:
resident-selection specification, section 11 (offer: to whom, until when, nothing follows from
declining it).
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import Part
from applications.intake.models import Member
from applications.selection.models import Offer, OfferState
from applications.selection.papers import reference_of
from registry.protection.letters import letter_address
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting


def offer_data(document: Document) -> Data:
    """Which flat is offered, its rent and until when. Raises NotMade for one that does not wait for
    its answer."""
    found = Offer.objects.select_related("round__flat__stair__building__site", "application")
    offer = found.filter(pk=document.about_id or 0, state=OfferState.OPEN).first()
    if offer is None or offer.application is None:
        raise NotMade(Fault.DATA)
    round_, flat = offer.round, offer.round.flat
    site = flat.stair.building.site
    hidden = Member.objects.filter(application=offer.application, person__protected=True).exists()
    return {
        "receiver": letter_address(document.subject_id or 0, timezone.localdate()).required(),
        "number": offer.application.number,
        "address": "" if hidden else f"{flat.address}, {site.postal_code} {site.town}",
        "flat": f"{flat.type}, {formatting.area(flat.area)}",
        "rent": formatting.money(round_.rent_eur),
        "free_from": formatting.date(round_.free_from),
        "answer_by": formatting.date(offer.answer_by),
    }


OFFER: Final = Kind(
    key="selection.offer", title=gettext_lazy("Asuntotarjous"), group=Group.SELECTION,
    item="HK-ARA", templates="applications/selection/offer.typ", data=offer_data,
)  # fmt: skip


@transaction.atomic
def order_offer(offer: Offer) -> Document:
    """Order the letter of an offer, in the applicant's language (tarjouskirjeen tilaaminen). Raises
    ValidationError for one that does not wait for its answer, FunctionDenied as
    `services.order`."""
    if offer.state != OfferState.OPEN or offer.application is None:
        text = _("Kirje tehdään tarjouksesta, joka odottaa vastausta.")
        raise ValidationError(text, code="state")
    applicant = Member.objects.select_related("person").get(
        application=offer.application, part=Part.APPLICANT
    )
    return services.order_now(
        OFFER.key, subjects=[applicant.person_id], about_id=offer.pk,
        language=OFFER.spoken(applicant.person.language), reference=reference_of(offer.decision),
        usual=Purpose.ASUKASVALINTA,
    )  # fmt: skip


def register() -> None:
    """What `SelectionConfig.ready` registers."""
    registry.register(OFFER)
