"""The gate of copies: worked on while their request is, and given when its answer was approved."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.copies import gates
from registry.copies.models import Copy
from registry.rights.models import ANSWERED, WORKED_ON, DataRequest, Delivery, State
from registry.rights.queries.copies import copies_of, granted
from registry.rights.services.working import refuse_tied


class _RequestGate:
    """The gate of copies: those of requests alone, and only as far as their request is."""

    def changing(self, copy: Copy) -> None:
        row = _request_of(copy)
        refuse_tied(row)
        if row.state not in WORKED_ON:
            raise ValidationError(
                _("Jäljennöstä muutetaan vain, kun pyyntö on käsittelyssä. Palauta vastaus ensin."),
                code="not_worked_on",
            )

    def leaving(self, copy: Copy) -> None:
        row = _request_of(copy)
        refuse_tied(row)
        answers = {right: copies_of(row).get(right) for right in granted(row)}
        if copy not in answers.values():
            raise ValidationError(_("Pyyntöön ei vastata tällä jäljennöksellä."), code="copy")
        if row.state != State.APPROVED and not (row.state in ANSWERED and _went_wrong(row)):
            raise ValidationError(
                _("Toisen henkilön on hyväksyttävä vastaus ennen kuin mitään annetaan."),
                code="not_approved",
            )

    def address(self, copy: Copy) -> str:
        return reverse("rights:request", args=[copy.reference.lower()])


def _request_of(copy: Copy) -> DataRequest:
    found = DataRequest.objects.select_related("person")
    row = found.filter(number=copy.reference, person_id=copy.person_id).first()
    if row is None:
        raise ValidationError(_("Jäljennös ei kuulu mihinkään tietopyyntöön."), code="no_request")
    return row


def _went_wrong(row: DataRequest) -> bool:
    """Whether no answer is where it should be: it may be given again (DP-A30)."""
    return not Delivery.objects.filter(request=row, missent_at__isnull=True).exists()


def register() -> None:
    """Called from the room's AppConfig."""
    gates.keep(_RequestGate())
