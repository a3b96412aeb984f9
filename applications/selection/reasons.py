"""The letter that tells an applicant why another was chosen (valinnan perustelut), on request.

There is no appeal, but an outsider must understand the choice. The letter tells of the applicant's
own data and places alone; of whoever was chosen only by which of the company's grounds they
differed. It is made from the snapshot of the decision. Source: resident-selection specification,
section 11.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import Part
from applications.intake.models import Application, Member
from applications.selection.models import Compared, Decision, Offer, OutOfOrder, passed_words
from applications.selection.papers import TOLD, reference_of
from applications.selection.rules.exceptions import Deviation
from applications.selection.rules.findings import Outcome
from applications.selection.rules.ranking import Policy, decides
from applications.selection.rules.snapshot import Place, replay
from registry.protection.letters import letter_address
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting


def reasons_data(document: Document) -> Data:
    """What the letter says. Raises NotMade when it is known no more who was compared."""
    found = Compared.objects.select_related("decision__round__flat", "application")
    row = found.filter(pk=document.about_id or 0).first()
    if row is None:
        raise NotMade(Fault.DATA)
    decision, flat = row.decision, row.decision.round.flat
    placed = {one.id: one for one in replay(decision.snapshot)}
    own = placed[str(row.token)]
    kept = next(one for one in decision.snapshot["compared"] if one["id"] == own.id)
    return {
        "receiver": letter_address(document.subject_id or 0, timezone.localdate()).required(),
        "number": row.application.number,
        # no address: whoever was chosen lives there
        "flat": f"{flat.type}, {formatting.area(flat.area)}",
        "on": formatting.date(decision.on),
        "compared": str(decision.compared_count),
        "place": str(own.place),
        "tests": _tests(own),
        "reasons": _reasons(decision, placed[str(decision.chosen)], own, kept["passed"]),
    }


def _tests(own: Place) -> list[list[str]]:
    """Each test that the flat asked, how it ended and why."""
    return [
        [
            str(one.test.label),
            ". ".join(filter(None, [str(one.outcome.label), str(one.reason.label)])),
        ]
        for one in own.judgement.findings
        if one.outcome is not Outcome.NOT_ASKED
    ]


def _reasons(decision: Decision, chosen: Place, own: Place, passed: str) -> list[str]:
    found = []
    if passed:
        text = _("Sinut ohitettiin tässä valinnassa: %(reason)s.")
        found.append(text % {"reason": passed_words(passed).lower()})
    elif not own.judgement.eligible:
        found.append(_("Ruokakuntasi ei täyttänyt asunnon valintaperusteita, tai tietoja puuttui."))
    else:
        factor = decides(chosen.standing, own.standing, Policy(**decision.snapshot["policy"]))
        if factor is None:
            found.append(_("Olit valitun kanssa tasoissa, ja valinta tehtiin harkiten."))
        elif chosen.place < own.place:
            text = _("Valittu oli etusijalla. Ratkaiseva ero oli: %(factor)s.")
            found.append(text % {"factor": factor.label.lower()})
    if decision.out_of_order:
        text = _("Valinnassa poikettiin järjestyksestä. Peruste: %(reason)s.")
        found.append(text % {"reason": str(OutOfOrder(decision.out_of_order).label).lower()})
    if decision.deviation:
        text = _("Valinnassa poikettiin valintaperusteista. Peruste: %(reason)s.")
        found.append(text % {"reason": str(Deviation(decision.deviation).label).lower()})
    return found


REASONS: Final = Kind(
    key="selection.reasons", title=gettext_lazy("Valinnan perustelut"), group=Group.SELECTION,
    item="HK-ARA", templates="applications/selection/reasons.typ", data=reasons_data, also=TOLD,
)  # fmt: skip


@transaction.atomic
def order_reasons(decision: Decision, application: Application) -> Document:
    """Order the letter to an applicant who was compared and not chosen, in the applicant's
    language. Raises ValidationError before the flat was offered by the decision, and for whoever
    was not compared, or was chosen."""
    if not Offer.objects.filter(decision=decision).exists():
        text = _("Perustelut annetaan, kun asunto on tarjottu valitulle.")
        raise ValidationError(text, code="not_offered")
    row = Compared.objects.filter(decision=decision, application=application).first()
    if row is None:
        text = _("Hakija ei ollut mukana tässä vertailussa.")
        raise ValidationError(text, code="compared")
    if row.token == decision.chosen:
        raise ValidationError(_("Hakija valittiin: hänelle tehdään tarjous."), code="chosen")
    applicant = Member.objects.select_related("person").get(
        application=application, part=Part.APPLICANT
    )
    return services.order_now(
        REASONS.key, subjects=[applicant.person_id], about_id=row.pk,
        language=REASONS.spoken(applicant.person.language), reference=reference_of(decision),
        usual=Purpose.ASUKASVALINTA,
    )  # fmt: skip


def register() -> None:
    """What `SelectionConfig.ready` registers."""
    registry.register(REASONS)
