"""Forms of how a person stands: ties of staff, death and other marks. They parse and guide; the
services check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.persons.forms import (
    REASON_LENGTH,
    DayField,
    EndForm,
    RunsService,
    ServiceForm,
    TextField,
)
from registry.persons.models import (
    GROUNDS,
    Ground,
    MarkKind,
    NoticeChannel,
    Source,
    StaffLink,
    TieKind,
)
from registry.persons.models.marks import MATTER_LENGTH
from registry.persons.restriction import Reason
from vuokra.company.models import NoticeVersion
from vuokra.policy.sources import FROM_ELSEWHERE


class TieForm(ServiceForm[StaffLink]):
    """A tie of a member of staff to the person; suggests the signed-in user."""

    error_fields = {"persons_link_once": "staff", "registry_persons_stafflink_dates": "valid_to"}

    staff = forms.TypedChoiceField(label=_("Käyttäjä"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Miten sidoksissa"), choices=TieKind.choices, widget=forms.RadioSelect
    )
    valid_from = DayField(label=_("Voimassa alkaen"))
    valid_to = DayField(label=_("Voimassa asti"), required=False)

    class Meta:
        model = StaffLink
        fields = ("staff", "kind", "valid_from", "valid_to")

    def __init__(
        self, *args: Any, staff: Sequence[tuple[int, str]], acting: int, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = staff  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["staff"].initial = acting
        self.fields["valid_from"].initial = today


class DeathForm(RunsService, forms.Form):
    """The day of death and where it was heard of; a mistake is taken back."""

    error_fields = {"died_on": "died_on"}
    usual_field = "died_on"

    died_on = DayField(label=_("Kuolinpäivä"))
    source = forms.ChoiceField(
        label=_("Mistä tieto on saatu"), choices=[("", _("Valitse")), *Source.choices]
    )
    mistake = forms.BooleanField(label=_("Merkintä oli virhe, poista se"), required=False)

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not known:
            del self.fields["mistake"]


class MarkForm(RunsService, forms.Form):
    """A restriction of processing or a legal hold, with one of its own grounds."""

    error_fields = {
        "ground": "ground",
        "hetu_in_text": "matter",
        "persons_mark_once": "valid_from",
        "registry_persons_mark_dates": "valid_to",
        "restriction_end": "valid_to",
    }

    ground = forms.ChoiceField(
        label=_("Merkintä ja sen peruste"),
        choices=[
            ("", _("Valitse")),
            *(
                (MarkKind(kind).label, [(ground.value, ground.label) for ground in grounds])
                for kind, grounds in GROUNDS.items()
            ),
        ],
    )
    matter = TextField(
        label=_("Asian numero"),
        required=False,
        max_length=MATTER_LENGTH,
        help_text=_("Näkyy kortilla. Älä kirjoita asian sisältöä."),
    )
    valid_from = DayField(label=_("Voimassa alkaen"))
    valid_to = DayField(label=_("Voimassa asti"), required=False)

    @property
    def chosen(self) -> tuple[MarkKind, Ground]:
        """The kind that the chosen ground belongs to, and the ground."""
        ground = Ground(self.cleaned_data["ground"])
        kind = next(kind for kind, grounds in GROUNDS.items() if ground in grounds)
        return MarkKind(kind), ground


class EndMarkForm(EndForm):
    """The last day of a hold; of a restriction also the day on which the person was told."""

    error_fields = {"persons_mark_end_told": "told_on"}

    told_on = DayField(
        label=_("Päättymisestä kerrottu henkilölle"),
        help_text=_("Henkilölle kerrotaan ennen kuin rajoitus päättyy (18 artikla 3)."),
    )

    def __init__(self, *args: Any, restriction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not restriction:
            del self.fields["told_on"]


class HoldReviewForm(RunsService, forms.Form):
    """Whether a legal hold is needed still, or on which day it ends."""

    usual_field = "last_day"

    outcome = forms.ChoiceField(
        label=_("Tarvitaanko säilytyspito edelleen"),
        choices=[("on", _("Tarvitaan, pito jatkuu")), ("over", _("Ei tarvita, pito päättyy"))],
        widget=forms.RadioSelect,
    )
    last_day = DayField(label=_("Viimeinen voimassaolopäivä"), required=False)

    def clean(self) -> dict[str, Any]:
        """A hold that ends has its last day, and one that goes on has none."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        over, day = given.get("outcome") == "over", given.get("last_day")
        if over and "last_day" not in self.errors and day is None:
            self.add_error("last_day", _("Kirjoita viimeinen voimassaolopäivä."))
        if given.get("outcome") == "on" and day is not None:
            self.add_error("last_day", _("Jätä tyhjäksi, kun pito jatkuu."))
        return given


class RestrictedForm(forms.Form):
    """For which of the four purposes restricted data are opened, and in words (18 artikla 2)."""

    ground = forms.ChoiceField(
        label=_("Mihin tietoja tarvitaan"), choices=Reason.choices, widget=forms.RadioSelect
    )
    reason_text = TextField(
        label=_("Tarkenne"),
        max_length=REASON_LENGTH,
        help_text=_("Esimerkiksi asian numero. Kirjataan käyttölokiin."),
    )


class NoticeForm(RunsService, forms.Form):
    """Which version of the privacy notice was given, when and how."""

    error_fields = {
        "given_on": "given_on",
        "version": "version",
        "persons_notice_once": "given_on",
    }

    version = forms.TypedChoiceField(label=_("Tietosuojaselosteen versio"), coerce=int)
    channel = forms.ChoiceField(
        label=_("Miten annettu"), choices=[("", _("Valitse")), *NoticeChannel.choices]
    )
    given_on = DayField(label=_("Annettu"))

    def __init__(self, *args: Any, versions: Sequence[NoticeVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version.pk, version.code) for version in versions]
        self.fields["version"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class OriginForm(RunsService, forms.Form):
    """From whom a new person's data came: somebody else must be named (article 14).

    One's own application or lease is one's own word, here as in an import.
    """

    usual_field = "source"

    source = forms.ChoiceField(
        label=_("Mistä tiedot on saatu"),
        choices=[
            ("", _("Henkilöltä itseltään, myös omasta hakemuksesta tai sopimuksesta")),
            (Source.APPLICATION.value, _("Toisen henkilön hakemuksesta")),
            (Source.LEASE.value, _("Toisen henkilön vuokrasopimuksesta")),
            *((source.value, source.label) for source in Source if source in FROM_ELSEWHERE),
        ],
        required=False,
        help_text=_(
            "Jos tiedot on saatu muualta, henkilölle annetaan tietosuojaseloste kuukauden kuluessa."
        ),
    )
