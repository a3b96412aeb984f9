"""Forms of what is done to applications: begun, asked about, withdrawn; papers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import (
    AttachmentKind,
    EndReason,
    NeededBy,
)
from applications.intake.forms.numbers import ApplicationNumberField
from applications.intake.forms.parts import CHOOSE, MEMBER_ERRORS, DetailsForm, text_area
from applications.intake.models import (
    Member,
)
from applications.intake.models.applications import HETU_LENGTH, REASON_LENGTH
from applications.intake.services import (
    WITHDRAWING,
)
from registry.households.picking import PickFields, who
from registry.households.services import Newcomer
from registry.persons.forms import TextField
from registry.persons.models import IdentityKind
from registry.persons.rules import NAME_LENGTH
from registry.persons.services import Code, Names
from vuokra.ui.fields import NOT_REMEMBERED, DayField
from vuokra.ui.forms import RunsService


class NewForm(PickFields, DetailsForm):
    """A new application: whose, and how it came. Somebody new to the register is registered."""

    error_fields: ClassVar[dict[str, str]] = MEMBER_ERRORS
    usual_field = "q"

    q = who(_("Hakija: nimi tai asiakasnumero"))
    surname = TextField(label=_("Sukunimi"), max_length=NAME_LENGTH, required=False)
    given_names = TextField(label=_("Etunimet"), max_length=NAME_LENGTH, required=False)
    birth_date = DayField(label=_("Syntymäaika"), required=False)
    hetu = forms.CharField(
        label=_("Henkilötunnus"), required=False, max_length=HETU_LENGTH + 9,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )  # fmt: skip
    protected = forms.BooleanField(
        label=_("Hakijalla on turvakielto"), required=False,
        help_text=_("Merkitään heti: yhteystiedot ja nykyinen asunto eivät näy missään."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, draft=True, **given)

    @property
    def newcomer(self) -> Newcomer:
        told = self.cleaned_data
        return Newcomer(Names(told["surname"], told["given_names"]))

    @property
    def code(self) -> Code:
        """What identifies the applicant: a code, or a birth date alone."""
        told = self.cleaned_data
        if told["hetu"]:
            return Code(IdentityKind.HETU, told["hetu"].strip())
        return Code(IdentityKind.BIRTH_DATE, birth_date=told["birth_date"])


class FindForm(forms.Form):
    """The number of an application that is looked for."""

    number = ApplicationNumberField(label=_("Hakemuksen numero"))


class AskForm(RunsService, forms.Form):
    """By when what is missing is to come."""

    usual_field = "due_on"

    due_on = DayField(label=_("Täydennettävä viimeistään"))
    reason = TextField(
        label=_("Mitä puuttuu"), max_length=REASON_LENGTH, required=False, widget=text_area(),
        help_text=_("Jää hakemuksen vaiheisiin. Kirjeessä luetellaan, mitä puuttuu."),
    )  # fmt: skip


class ReasonForm(RunsService, forms.Form):
    """Why something is done."""

    usual_field = "reason"

    reason = TextField(label=_("Syy"), max_length=REASON_LENGTH)


class WithdrawForm(RunsService, forms.Form):
    """Why an application is withdrawn."""

    usual_field = "why"

    why = forms.ChoiceField(
        label=_("Syy"), choices=[CHOOSE, *((one.value, one.label) for one in WITHDRAWING)]
    )
    reason = TextField(label=_("Lisätieto"), max_length=REASON_LENGTH, required=False)

    @property
    def end(self) -> EndReason:
        return EndReason(self.cleaned_data["why"])


class ReceiveForm(RunsService, forms.Form):
    """What an application replaces, and why one too young is taken in."""

    error_fields: ClassVar[dict[str, str]] = {"clash": "replace", "door": "replace"}

    replace = forms.BooleanField(
        label=_("Tämä hakemus korvaa aiemman"), required=False,
        help_text=_("Aiempi jää näkyviin yhdistettynä, ja nähdyt liitteet siirtyvät."),
    )  # fmt: skip
    reason = TextField(
        label=_("Miksi alaikäisen hakemus otetaan"), max_length=REASON_LENGTH, required=False
    )


class PaperForm(RunsService, forms.Form):
    """A paper to ask for."""

    usual_field = "kind"

    kind = forms.ChoiceField(
        label=_("Liite"),
        choices=[CHOOSE, *(one for one in AttachmentKind.choices if one[0] != "original")],
    )
    member = forms.TypedChoiceField(label=_("Kenen"), required=False, coerce=int, empty_value=None)
    needed_by = forms.ChoiceField(label=_("Tarvitaan"), choices=NeededBy.choices)
    due_on = DayField(label=_("Toimitettava viimeistään"), required=False)
    reason = TextField(label=_("Perustelu"), max_length=REASON_LENGTH, required=False)

    def __init__(self, *args: Any, members: list[Member], **given: Any) -> None:
        super().__init__(*args, **given)
        member: Any = self.fields["member"]
        member.choices = [
            ("", _("Koko ruokakunta")),
            *((one.pk, f"{one.person.name}") for one in members),
        ]


class FileForm(RunsService, forms.Form):
    """A paper that came, with its file."""

    usual_field = "file"

    on = DayField(label=_("Saapunut"))
    file = forms.FileField(
        label=_("Tiedosto"), required=False, widget=forms.FileInput,
        help_text=_("PDF, JPEG, PNG tai teksti, enintään 10 Mt. Nähty riittää ilman tiedostoa."),
    )  # fmt: skip
