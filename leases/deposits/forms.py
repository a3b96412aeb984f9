"""Forms of deposits. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.deposits.models import (
    EVIDENCE_LENGTH,
    GROUND_LENGTH,
    HOLDER_LENGTH,
    PAYER_LENGTH,
    REFERENCE_LENGTH,
    Commitment,
    Deposit,
    Form,
)
from leases.deposits.rules.deposit import Payer, Reason, Settlement
from leases.deposits.services import AccountDetails, CommitmentDetails, Share
from registry.persons.forms import NOT_REMEMBERED, TextField
from registry.persons.models import ContactPoint
from vuokra.ui import formatting
from vuokra.ui.fields import DayField, EurosField
from vuokra.ui.forms import DayForm, RunsService

CHOOSE = ("", gettext_lazy("Valitse"))
ACCOUNT_PAYERS = [(one.value, one.label) for one in Payer if one.has_own_account]


class AgreeForm(RunsService, forms.Form):
    """What was agreed of the deposit."""

    error_fields: ClassVar[Mapping[str, str]] = {"stage": "demanded_eur"}
    usual_field = "demanded_eur"

    demanded_eur = EurosField(label=gettext_lazy("Sovittu vakuus, €"))
    form = forms.ChoiceField(label=gettext_lazy("Muoto"), choices=Form.choices)
    due_on = DayField(label=gettext_lazy("Annettava viimeistään"))


class ReceiptForm(RunsService, forms.Form):
    """Money that came in."""

    usual_field = "euros"

    payer = forms.ChoiceField(label=gettext_lazy("Maksaja"), choices=Payer.choices)
    payer_name = TextField(
        label=gettext_lazy("Muun maksajan nimi"), max_length=PAYER_LENGTH, required=False
    )
    euros = EurosField(label=gettext_lazy("Määrä, €"))
    on = DayField(label=gettext_lazy("Saatu"))
    reference = TextField(
        label=gettext_lazy("Viite"), max_length=REFERENCE_LENGTH, required=False,
        help_text=gettext_lazy("Erottaa samana päivänä saadut yhtä suuret maksut."),
    )  # fmt: skip


class CommitmentForm(RunsService, forms.Form):
    """A payment commitment."""

    usual_field = "amount_eur"

    purpose = forms.ChoiceField(
        label=gettext_lazy("Mistä maksetaan"), choices=Commitment.For.choices
    )
    issuer = forms.ChoiceField(
        label=gettext_lazy("Antaja"), choices=[CHOOSE, *Commitment.Issuer.choices]
    )
    number = TextField(
        label=gettext_lazy("Sitoumuksen numero"), max_length=REFERENCE_LENGTH,
        help_text=gettext_lazy("Päätöksen perusteita ei kirjata."),
    )  # fmt: skip
    amount_eur = EurosField(label=gettext_lazy("Määrä, €"))
    justified = forms.BooleanField(
        label=gettext_lazy("Kela on antanut tavallista enemmän perustellusta syystä"),
        required=False,
    )
    valid_from = DayField(label=gettext_lazy("Voimassa alkaen"))
    valid_to = DayField(
        label=gettext_lazy("Voimassa asti"), required=False,
        help_text=gettext_lazy("Tyhjänä vuokrasuhteen ajan."),
    )  # fmt: skip

    @property
    def details(self) -> CommitmentDetails:
        given = self.cleaned_data
        return CommitmentDetails(
            purpose=Commitment.For(given["purpose"]), issuer=Commitment.Issuer(given["issuer"]),
            number=given["number"], amount_eur=given["amount_eur"],
            justified=given["justified"], valid_from=given["valid_from"],
            valid_to=given["valid_to"],
        )  # fmt: skip


class RealiseForm(RunsService, forms.Form):
    """Money that was paid by a commitment."""

    error_fields: ClassVar[Mapping[str, str]] = {"realised_eur": "euros"}
    usual_field = "euros"

    euros = EurosField(label=gettext_lazy("Saatu, €"))
    on = DayField(label=gettext_lazy("Päivä"))


class CheckForm(RunsService, forms.Form):
    """The flat handed over and inspected."""

    usual_field = "handed_over_on"

    handed_over_on = DayField(
        label=gettext_lazy("Huoneisto luovutettu"), required=False,
        help_text=gettext_lazy("Päivä, jona avaimet palautettiin."),
    )  # fmt: skip
    inspected_on = DayField(label=gettext_lazy("Huoneisto tarkastettu"), required=False)


class BalanceForm(RunsService, forms.Form):
    """What is unpaid at the end."""

    error_fields: ClassVar[Mapping[str, str]] = {"balance_eur": "euros"}
    usual_field = "euros"

    euros = EurosField(
        label=gettext_lazy("Maksamatta, €"),
        help_text=gettext_lazy("Nolla, kun kaikki on maksettu."),
    )


class DeductionForm(RunsService, forms.Form):
    """What is kept of the deposit."""

    usual_field = "evidence"

    reason = forms.ChoiceField(label=gettext_lazy("Syy"), choices=[CHOOSE, *Reason.choices])
    euros = EurosField(label=gettext_lazy("Määrä, €"))
    evidence = TextField(
        label=gettext_lazy("Mikä osoittaa sen"), max_length=EVIDENCE_LENGTH,
        help_text=gettext_lazy("Katselmuksen kohta, lasku tai avoin erä. Ei henkilötunnuksia."),
    )  # fmt: skip


class AccountForm(RunsService, forms.Form):
    """The account that money goes back to. What was typed is not shown again."""

    usual_field = "iban"

    payer = forms.ChoiceField(label=gettext_lazy("Kenelle palautetaan"), choices=ACCOUNT_PAYERS)
    iban = forms.CharField(
        label=gettext_lazy("Tilinumero (IBAN)"), max_length=60,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )  # fmt: skip
    foreign = forms.BooleanField(
        label=gettext_lazy("Tili on ulkomailla, ja se on tarkistettu"), required=False
    )
    holder = TextField(
        label=gettext_lazy("Tilin omistaja, jos muu kuin maksaja"), max_length=HOLDER_LENGTH,
        required=False,
    )  # fmt: skip
    reason = TextField(
        label=gettext_lazy("Miksi toisen henkilön tilille"), max_length=GROUND_LENGTH,
        required=False,
    )  # fmt: skip

    @property
    def details(self) -> AccountDetails:
        given = self.cleaned_data
        return AccountDetails(
            payer=Payer(given["payer"]), iban=given["iban"], holder=given["holder"],
            reason=given["reason"], foreign_confirmed=given["foreign"],
        )  # fmt: skip


class ConfirmForm(RunsService, forms.Form):
    """Which number was called; the numbers themselves stand on the person's card."""

    usual_field = "called"

    called = forms.TypedChoiceField(
        label=gettext_lazy("Miten tili vahvistettiin"), coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, held: Sequence[ContactPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {one.pk: one for one in held}
        choices: list[tuple[int | str, str]] = [
            (one.pk, _("Soitto numeroon, joka on kirjattu %(day)s")
             % {"day": formatting.date(timezone.localdate(one.recorded_at))})
            for one in held
        ] or [("", _("Tunnistettu toimipisteessä: numeroa ei ollut tiedossa"))]  # fmt: skip
        self.fields["called"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> ContactPoint | None:
        """The number that was called."""
        return self.held.get(self.cleaned_data["called"])


class PrepareForm(RunsService, forms.Form):
    """What goes back to whom; asked for each payer when there are several."""

    error_fields: ClassVar[Mapping[str, str]] = {"other_tenant": "next"}

    interest = EurosField(
        label=gettext_lazy("Korko, €"), initial=Decimal("0.00"),
        help_text=gettext_lazy("Vain, jos korosta on sovittu."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, payers: Sequence[Payer], following: Sequence[Deposit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.payers = payers
        self.following = {one.pk: one for one in following}
        if len(payers) > 1:
            for payer in payers:
                self.fields[payer.value] = EurosField(
                    label=_("Palautetaan, €: %(payer)s") % {"payer": payer.label}
                )
        if following and Payer.TENANT in payers:
            named = [
                (one.pk, _("Siirretään sopimuksen %(number)s vakuudeksi")
                 % {"number": one.lease.number})
                for one in following
            ]  # fmt: skip
            self.fields["next"] = forms.TypedChoiceField(
                label=_("Vuokralaisen osuus"), coerce=int, empty_value=None, required=False,
                choices=[("", _("Palautetaan tilille")), *named],
            )  # fmt: skip

    def shares(self, balance: Settlement) -> list[Share]:
        """Who gets what: all of it the only payer, or what was told."""
        given = self.cleaned_data
        following = self.following.get(given.get("next") or 0)
        told = (
            (payer, given[payer.value] if len(self.payers) > 1 else balance.returned)
            for payer in self.payers
        )
        return [
            Share(payer, euros, following if payer is Payer.TENANT else None)
            for payer, euros in told
            if euros
        ]


class PayForm(DayForm):
    """When money went back."""

    reference = TextField(label=gettext_lazy("Viite"), max_length=REFERENCE_LENGTH, required=False)
