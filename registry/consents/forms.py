"""Forms of consents and objections. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registry.consents.codes import (
    BY_CODE,
    CELLS,
    MARKETING_CHANNELS,
    PERSONS_OWN,
    Cell,
    Channel,
    Manner,
)
from registry.consents.models import PROOF_LENGTH, REASON_LENGTH, ConsentText
from registry.consents.services import Evidence
from registry.persons.forms import CustomerNumberField, DayField, RunsService, TextField
from vuokra.company.models import NoticeVersion
from vuokra.policy.sources import Source

_CHOOSE = ("", _("Valitse"))
_OWN = [(manner.value, manner.label) for manner in PERSONS_OWN]


class EvidenceForm(RunsService, forms.Form):
    """The person's own act: when, how, and what proves it. Nothing is chosen beforehand but the
    day."""

    error_fields: ClassVar[Mapping[str, str]] = {
        "decided_on": "decided_on",
        "manner": "manner",
        "hetu_in_text": "proof",
    }
    usual_field = "manner"

    manner = forms.ChoiceField(label=_("Miten henkilö ilmoitti"), choices=[_CHOOSE, *_OWN])
    decided_on = DayField(label=_("Päivä"))
    proof = TextField(
        label=_("Todisteen tunnus"),
        required=False,
        max_length=PROOF_LENGTH,
        help_text=_("Skannatun lomakkeen, kirjeen tai äänitteen tunnus."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = today

    @property
    def evidence(self) -> Evidence:
        given = self.cleaned_data
        return Evidence(given["decided_on"], Manner(given["manner"]), given["proof"])


class PermitForm(EvidenceForm):
    """A consent with its evidence (11.3); silence and a ticked box are no consent, so nothing is
    ticked beforehand."""

    error_fields = {
        **EvidenceForm.error_fields,
        "channels": "channels",
        "consents_phone_repeated_back": "repeated_back",
        "consents_expires_later": "expires",
        "consents_adult_consents": "text",
    }

    text = forms.TypedChoiceField(
        label=_("Mihin suostutaan"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Lue teksti henkilölle tai tarkista, että se on lomakkeessa."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Millä tavoin saa lähettää"),
        choices=[(channel.value, channel.label) for channel in MARKETING_CHANNELS],
        widget=forms.CheckboxSelectMultiple,
    )
    repeated_back = forms.BooleanField(
        label=_("Puhelimessa annettu suostumus toistettiin henkilölle ja vahvistetaan viestillä"),
        required=False,
    )
    notice = forms.TypedChoiceField(label=_("Tietosuojaseloste, joka annettiin"), coerce=int)
    expires = DayField(
        label=_("Voimassa asti"), required=False, help_text=_("Tyhjä: toistaiseksi.")
    )
    field_order = [
        "text", "channels", "manner", "repeated_back", "decided_on", "notice", "expires", "proof",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        texts: Sequence[ConsentText],
        notices: Sequence[NoticeVersion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {text.pk: text for text in texts}
        self.notices = {notice.pk: notice for notice in notices}
        words = [(text.pk, _worded(text)) for text in texts]
        versions = [_CHOOSE, *((notice.pk, notice.code) for notice in notices)]
        self.fields["text"].choices = words  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["notice"].choices = versions  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> dict[str, Any]:
        """What `services.permit` takes beside the person and the evidence."""
        given = self.cleaned_data
        return {
            "channels": [Channel(code) for code in given["channels"]],
            "text": self.texts[given["text"]],
            "notice": self.notices[given["notice"]],
            "repeated_back": given["repeated_back"],
            "expires": given["expires"],
        }


def _worded(text: ConsentText) -> str:
    """What a text is about, its version and its words in the language of the screen."""
    words = text.english if get_language() == "en" else text.finnish
    return gettext("%(use)s (versio %(version)s): %(words)s") % {
        "use": text.get_use_display(), "version": text.code, "words": words
    }  # fmt: skip


class ForbidForm(EvidenceForm):
    """An objection with its day and proof: by letter, or the population register's."""

    cells = forms.MultipleChoiceField(
        label=_("Mikä kielletään"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ["cells", "manner", "decided_on", "proof"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["manner"]
        field.label = _("Miten kielto tuli")
        notice = (Manner.NOTICE.value, _("Väestötietojärjestelmän kieltona (DVV)"))
        field.choices = [_CHOOSE, *_OWN, notice]  # type: ignore[attr-defined]  # a ChoiceField
        cells = [(cell.code, cell.label) for cell in CELLS]
        self.fields["cells"].choices = cells  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def evidence(self) -> Evidence:
        given = self.cleaned_data
        manner = Manner(given["manner"])
        source = Source.POPULATION_REGISTER if manner == Manner.NOTICE else Source.PERSON
        return Evidence(given["decided_on"], manner, given["proof"], source)

    @property
    def chosen(self) -> list[Cell]:
        """What is forbidden."""
        return [BY_CODE[code] for code in self.cleaned_data["cells"]]


class NumberedForbidForm(ForbidForm):
    """The objection of somebody known by customer number alone: an answer to a campaign."""

    error_fields = {**ForbidForm.error_fields, "number": "number"}

    number = CustomerNumberField(label=_("Asiakasnumero"))
    field_order = ["number", *ForbidForm.field_order]


class CorrectForm(RunsService, forms.Form):
    """Why a row was a mistake."""

    usual_field = "grounds"

    grounds = TextField(
        label=_("Mikä kirjauksessa oli väärin"),
        max_length=REASON_LENGTH,
        help_text=_("Kirjaus jää historiaan, mutta sitä ei enää noudateta."),
    )
