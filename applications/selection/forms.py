"""Forms of the selection. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.intake.forms.numbers import ApplicationNumberField
from applications.intake.forms.parts import CHOOSE, text_area
from applications.selection.models import (
    REASON_LENGTH,
    ExemptionPermit,
    OfferChannel,
    OutOfOrder,
    Refusal,
    SkipReason,
)
from applications.selection.rules.exceptions import Deviation
from applications.selection.services import Choice
from registry.persons.forms import TextField
from vuokra.ui.fields import DayField, EurosField
from vuokra.ui.forms import RunsService


def why_field(label: Any, *, required: bool = True, help_text: Any = "") -> TextField:
    """Words of a reason, of several lines."""
    return TextField(
        label=label, max_length=REASON_LENGTH, required=required, widget=text_area(),
        help_text=help_text,
    )  # fmt: skip


class OpenForm(RunsService, forms.Form):
    """For which day and rent residents are chosen, and since when everybody could apply."""

    free_from = DayField(label=_("Vapautuu"))
    rent_eur = EurosField(label=_("Vuokra kuukaudessa"))
    open_to_all_from = DayField(
        label=_("Yleisesti haettavana alkaen"),
        help_text=_("Päivä, josta alkaen kuka tahansa on voinut hakea asuntoa."),
    )


class SkipForm(RunsService, forms.Form):
    """Why an applicant is passed over."""

    error_fields: ClassVar[dict[str, str]] = {"selection_skip_unweighed": "reason"}
    usual_field = "text"

    reason = forms.ChoiceField(
        label=pgettext_lazy("selection", "Peruste"), choices=[CHOOSE, *SkipReason.choices]
    )
    text = why_field(
        _("Perustelu"), help_text=_("Kirjoita ulkopuoliselle. Älä kirjaa terveystietoja.")
    )


class ChoiceForm(RunsService, forms.Form):
    """How a household is chosen: by which exception, why not the first, in what words."""

    out_of_order = forms.ChoiceField(
        label=_("Jos valitset muun kuin ensimmäisen, kirjaa peruste"), required=False,
        choices=[("", _("Ensimmäinen valitaan")), *OutOfOrder.choices],
    )  # fmt: skip
    deviation = forms.ChoiceField(
        label=_("Poikkeaminen valintaperusteista"), required=False,
        choices=[("", _("Ei poiketa")), *((one.value, format_lazy("{} {}", one.value, one.label))
                 for one in Deviation if one is not Deviation.CONTINUES)],
        help_text=_("Poikkeaminen ei saa olennaisesti haitata etusijalla olevia."),
    )  # fmt: skip
    permit = forms.ModelChoiceField(
        label=_("Poikkeuslupa"), required=False, queryset=ExemptionPermit.objects.none(),
        empty_label=_("Ei lupaa"),
    )  # fmt: skip
    external_reason = forms.BooleanField(
        label=_("Vaihdon syy ei riipu asukkaasta (P1, P2)"), required=False
    )
    wealth_suffices = forms.BooleanField(
        label=_("Varallisuus riittää asuntoon ja hoitoon (estää P6:n)"), required=False
    )
    reason = why_field(
        _("Perustelu"), required=False,
        help_text=_("Pakollinen, kun poiketaan tai valitaan muu kuin ensimmäinen."),
    )  # fmt: skip

    def __init__(self, *args: Any, permits: Sequence[ExemptionPermit], **given: Any) -> None:
        super().__init__(*args, **given)
        known = ExemptionPermit.objects.filter(pk__in=[one.pk for one in permits])
        self.fields["permit"].queryset = known  # type: ignore[attr-defined]
        if not permits:
            del self.fields["permit"]

    @property
    def choice(self) -> Choice:
        """What was typed, as the service takes it."""
        return Choice(**self.cleaned_data)


class NumberForm(RunsService, forms.Form):
    """An applicant by the number of the application."""

    usual_field = "number"

    number = ApplicationNumberField(
        label=_("Hakemuksen numero"), help_text=_("Esimerkiksi H-2026-0012.")
    )


class OfferForm(RunsService, forms.Form):
    """By what way a flat is offered, and until when."""

    error_fields: ClassVar[dict[str, str]] = {"selection_offer_until": "answer_by"}
    usual_field = "answer_by"

    channel = forms.ChoiceField(label=_("Välitystapa"), choices=[CHOOSE, *OfferChannel.choices])
    answer_by = DayField(label=_("Vastattava viimeistään"))


class AnswerForm(RunsService, forms.Form):
    """On which day the household answered."""

    usual_field = "answered_on"

    answered_on = DayField(label=_("Vastauspäivä"))


class AcceptForm(AnswerForm):
    """The household took the flat; why the choice stands is asked when something `changed`."""

    upheld = why_field(_("Miksi valinta pidetään"))

    def __init__(self, *args: Any, changed: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not changed:
            del self.fields["upheld"]


class DeclineForm(AnswerForm):
    """Why the household did not take it; nothing follows from that."""

    refusal = forms.ChoiceField(
        label=_("Syy"), choices=[CHOOSE, *Refusal.choices],
        help_text=_("Kirjataan neutraalisti: hylkääminen ei vaikuta hakijan sijaan muualla."),
    )  # fmt: skip
    note = why_field(_("Lisätieto"), required=False)


class WhyForm(RunsService, forms.Form):
    """Why something is broken off or taken back."""

    usual_field = "reason"

    reason = why_field(_("Syy"))
