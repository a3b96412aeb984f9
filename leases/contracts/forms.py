"""Forms of leases. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.contracts.models import (
    CLAUSES_LENGTH,
    GROUND_LENGTH,
    LATE_LENGTH,
    Answer,
    ComponentKind,
    Delivery,
    Lease,
    Party,
    Pets,
    Smoking,
    WaterBasis,
)
from leases.contracts.models.changes import REASON_LENGTH as CHANGE_REASON_LENGTH
from leases.contracts.models.leases import REASON_LENGTH
from leases.contracts.papers.ordering import Printed
from leases.contracts.rules.changes import Change
from leases.contracts.rules.notice import Defect, Document, Method, Paper, defects
from leases.contracts.rules.persons import Relation, Role
from leases.contracts.rules.rescission import Conduct, Ground
from leases.contracts.services import NoticeDetails, Succession, Terms
from leases.homes.models import Place
from registry.households.picking import PickFields, who
from registry.persons.forms import TextField
from registry.persons.models import Person
from vuokra.ui.fields import DayField, EurosField
from vuokra.ui.forms import DayForm, RunsService

CHOOSE = ("", _("Valitse"))
ROLES = [(role.value, role.label) for role in Role if role is not Role.TRUSTEE]


def text_area() -> forms.Textarea:
    """Where a text is written that a letter repeats."""
    return forms.Textarea(attrs={"rows": 3})


class TermsForm(RunsService, forms.Form):
    """Days and terms of a lease."""

    error_fields: ClassVar[Mapping[str, str]] = {"overlap": "starts_on"}
    usual_field = "starts_on"

    starts_on = DayField(label=_("Sopimus alkaa"))
    term_ends_on = DayField(
        label=_("Määräaika päättyy"),
        required=False,
        help_text=_("Tyhjä, kun sopimus on voimassa toistaiseksi."),
    )
    first_notice_on = DayField(
        label=_("Ensimmäinen irtisanomispäivä"), required=False,
        help_text=_("Jos niin on sovittu."),
    )  # fmt: skip
    due_day = forms.IntegerField(
        label=_("Vuokran eräpäivä"), required=False, min_value=1, max_value=28,
        help_text=_("Kuukauden päivä. Tyhjänä lain mukaan toinen päivä (AHVL 34 §)."),
    )  # fmt: skip
    water = forms.ChoiceField(label=_("Vesimaksu"), choices=WaterBasis.choices)
    smoking = forms.ChoiceField(label=_("Tupakointi"), choices=Smoking.choices)
    pets = forms.ChoiceField(label=_("Lemmikit"), choices=Pets.choices)
    delivery = forms.ChoiceField(label=_("Asiakirjojen toimitus"), choices=Delivery.choices)
    clauses = forms.CharField(
        label=_("Erityisehdot"), max_length=CLAUSES_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Vuokralaiselle pakollisia oikeuksia ei voi rajoittaa. Ei henkilötunnuksia."),
    )  # fmt: skip

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(
            starts_on=given["starts_on"], term_ends_on=given["term_ends_on"],
            first_notice_on=given["first_notice_on"], due_day=given["due_day"],
            water=WaterBasis(given["water"]), smoking=Smoking(given["smoking"]),
            pets=Pets(given["pets"]), clauses=given["clauses"],
            delivery=Delivery(given["delivery"]),
        )  # fmt: skip


class NewLeaseForm(PickFields, TermsForm):
    """A new lease: for whom, and its terms."""

    must_choose = True
    q = who(_("Vuokralainen: nimi tai asiakasnumero"))


def of_lease(lease: Lease) -> dict[str, object]:
    """The terms of a lease as a form shows them."""
    return {name: getattr(lease, name) for name in TermsForm.base_fields}


def usual_terms() -> dict[str, object]:
    """What a new lease says unless it is changed: what a new row has."""
    fresh = of_lease(Lease())
    return {name: value for name, value in fresh.items() if value not in (None, "")}


class PartyForm(RunsService, PickFields):
    """Who comes into a lease, as what."""

    must_choose = True
    usual_field = "q"

    role = forms.ChoiceField(label=_("Asema"), choices=[CHOOSE, *ROLES])
    valid_from = DayField(
        label=_("Alkaen"), required=False, help_text=_("Tyhjänä sopimuksen alusta.")
    )
    limit_eur = EurosField(
        label=_("Takauksen enimmäismäärä, €"), required=False,
        help_text=_("Vain takaajalle. Tyhjänä takaus on rajoittamaton."),
    )  # fmt: skip


class ComponentForm(RunsService, forms.Form):
    """A part of the rent."""

    error_fields: ClassVar[Mapping[str, str]] = {"homes_place_let_once": "place"}
    usual_field = "price_eur"

    kind = forms.ChoiceField(label=_("Mistä maksetaan"), choices=[CHOOSE, *ComponentKind.choices])
    price_eur = EurosField(label=_("Hinta, € kuukaudessa"))
    quantity = forms.IntegerField(
        label=_("Määrä"), min_value=1, max_value=30, initial=1,
        help_text=_("Henkilöiden määrä, kun vesi maksetaan henkilöluvun mukaan. Muuten 1."),
    )  # fmt: skip
    place = forms.TypedChoiceField(
        label=_("Autopaikka tai muu paikka"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.pk: place for place in places}
        named = [(place.pk, f"{place.get_kind_display()} {place.code}") for place in places]
        self.fields["place"].choices = [("", "–"), *named]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen_place(self) -> Place | None:
        """The place that was chosen."""
        return self.places.get(self.cleaned_data["place"])


def late_reason() -> TextField:
    """The field of why a day is entered late."""
    return TextField(
        label=_("Perustelu vanhalle päivälle"), max_length=LATE_LENGTH, required=False,
        help_text=_("Kirjoita vain, kun päivästä on jo kauan. Perustelu jää sopimukselle."),
    )  # fmt: skip


class LateDayForm(DayForm):
    """The day on which something was done, perhaps long ago."""

    reason = late_reason()


class CancelForm(RunsService, forms.Form):
    """Why a lease does not come about."""

    usual_field = "reason"

    reason = TextField(label=_("Perumisen syy"), max_length=REASON_LENGTH)


OWN = "own"
"""The choice of the customer's own language."""


class PrintForm(forms.Form):
    """Which paper of a lease is printed, and in what language: the tenant's, or another."""

    lease_itself = Printed.LEASE.value

    paper = forms.ChoiceField(label=_("Asiakirja"), choices=Printed.choices)
    language = forms.ChoiceField(
        label=_("Kieli"),
        choices=[(OWN, _("Asiakkaan kieli")), ("fi", _("suomi")), ("en", _("englanti"))],
    )  # fmt: skip

    @property
    def chosen_language(self) -> str:
        """The language that was asked for, empty for the customer's own."""
        given: str = self.cleaned_data["language"]
        return "" if given == OWN else given


OWN_PAPERS = (Document.LANDLORD_NOTICE, Document.WARNING)
LACKING = {
    Defect.UNWRITTEN: ("written", _("Ilmoitus annetaan kirjallisesti.")),
    Defect.NO_GROUND: ("ground", _("Kirjoita peruste. Ilman sitä ilmoitus on tehoton.")),
    Defect.NO_END: ("stated_end", _("Kirjoita päättymispäivä. Ilman sitä ilmoitus on tehoton.")),
}
"""Defect of a paper that the company writes → the field where it is put right, and how."""


class NoticeForm(RunsService, forms.Form):
    """What a notice or a warning says."""

    usual_field = "document"

    document = forms.ChoiceField(
        label=_("Asiakirja"),
        choices=[CHOOSE, *((one, one.label) for one in Document if one != Document.RESCISSION)],
    )
    written = forms.BooleanField(
        label=_("Ilmoitus on kirjallinen"), required=False, initial=True,
        help_text=_("Suullinen ilmoitus on tehoton (AHVL 54 §)."),
    )  # fmt: skip
    breach = forms.ChoiceField(
        label=_("Rikkomus"), choices=[("", "–"), *Ground.choices], required=False,
        help_text=_("Vain varoituksessa (AHVL 61 §)."),
    )  # fmt: skip
    ground = TextField(
        label=_("Peruste"), max_length=GROUND_LENGTH, required=False, widget=text_area(),
        help_text=_("Vuokranantajan ilmoitus ilman perustetta on tehoton. Ei henkilötunnuksia."),
    )  # fmt: skip
    stated_end = DayField(
        label=_("Ilmoitettu päättymispäivä"), required=False,
        help_text=_("Vuokranantajan ilmoitus ilman päättymispäivää on tehoton."),
    )  # fmt: skip
    sent_on = DayField(label=_("Lähetetty"), required=False)

    def clean(self) -> dict[str, Any]:
        """What the company itself writes is not recorded without what the law demands of it; a
        notice of the tenant is, as it came."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and given["document"] in OWN_PAPERS:
            for defect in self.lacking:
                field, text = LACKING[defect]
                self.add_error(field, ValidationError(text, code=defect.value))
        return given

    @property
    def lacking(self) -> tuple[Defect, ...]:
        """What makes the paper ineffective."""
        said = self.details
        return defects(
            Paper(
                document=said.document, written=said.written, ground=said.ground,
                ends_on=said.stated_end,
            )
        )  # fmt: skip

    @property
    def details(self) -> NoticeDetails:
        given = self.cleaned_data
        return NoticeDetails(
            document=Document(given["document"]), written=given["written"],
            breach=given["breach"], ground=given["ground"], stated_end=given["stated_end"],
            sent_on=given["sent_on"],
        )  # fmt: skip


class RescissionForm(RunsService, forms.Form):
    """What a rescission says, and what it is judged by."""

    usual_field = "breach"

    breach = forms.ChoiceField(label=_("Purkuperuste"), choices=[CHOOSE, *Ground.choices])
    happened_on = DayField(
        label=_("Menettely viimeksi"),
        help_text=_(
            "Maksamattomassa vuokrassa viimeisin eräpäivä, jolta vuokra puuttuu; vakuudessa päivä, "
            "johon mennessä se piti antaa."
        ),
    )
    goes_on = forms.BooleanField(
        label=_("Menettely jatkuu"), required=False, initial=True,
        help_text=_(
            "Maksamattomuuteen, häiritsemiseen, huonoon hoitoon, määräysten rikkomiseen ja "
            "puuttuvaan vakuuteen voi vedota niin kauan kuin menettely jatkuu, muihin "
            "kohtuullisessa ajassa (AHVL 8 ja 61 §)."
        ),
    )  # fmt: skip
    significant = forms.BooleanField(
        label=_("Menettelyn merkitys ei ole vähäinen"), required=False,
        help_text=_("Vähäisestä syystä ei voi purkaa (AHVL 61 § 3 mom.)."),
    )  # fmt: skip
    extreme = forms.BooleanField(
        label=_("Menettely on erittäin moitittava"), required=False,
        help_text=_(
            "Silloin häiritsevästä elämästä ja määräysten rikkomisesta ei tarvitse varoittaa "
            "(AHVL 62 §)."
        ),
    )  # fmt: skip
    unpaid_eur = EurosField(
        label=_("Maksamatta, €"), required=False,
        help_text=_("Kun peruste on maksamaton vuokra."),
    )  # fmt: skip
    ground = TextField(
        label=_("Perustelu"), max_length=GROUND_LENGTH, widget=text_area(),
        help_text=_(
            "Mitä tapahtui. Purkamisilmoitus ilman perustetta on tehoton. Ei henkilötunnuksia."
        ),
    )  # fmt: skip
    stated_end = DayField(
        label=_("Ilmoitettu päättymispäivä"), required=False,
        help_text=_("Tyhjänä sopimus päättyy tiedoksiannosta."),
    )  # fmt: skip
    sent_on = DayField(label=_("Lähetetty"), required=False)

    @property
    def details(self) -> NoticeDetails:
        given = self.cleaned_data
        return NoticeDetails(
            document=Document.RESCISSION, ground=given["ground"],
            stated_end=given["stated_end"], sent_on=given["sent_on"],
        )  # fmt: skip

    @property
    def conduct(self) -> Conduct:
        given = self.cleaned_data
        return Conduct(
            ground=Ground(given["breach"]), happened_on=given["happened_on"],
            minor=not given["significant"], extreme=given["extreme"], goes_on=given["goes_on"],
            unpaid=given["unpaid_eur"],
        )  # fmt: skip


class ServeForm(RunsService, forms.Form):
    """When and how a paper was served."""

    error_fields: ClassVar[Mapping[str, str]] = {"ineffective": "served_on"}
    usual_field = "served_on"

    served_on = DayField(label=_("Annettu tiedoksi"))
    method = forms.ChoiceField(label=_("Tapa"), choices=[CHOOSE, *Method.choices])
    reason = late_reason()


class HandOverForm(RunsService, PickFields):
    """The whole flat handed over to another for a time."""

    none_label = _("Henkilöä ei ole rekisterissä")
    q = who(_("Kenelle luovutetaan: nimi tai asiakasnumero"))

    usual_field = "reason"

    told_on = DayField(label=_("Ilmoitettu"), help_text=_("Päivä, jona ilmoitus saatiin."))
    effective_on = DayField(label=_("Luovutus alkaa"))
    ends_on = DayField(label=_("Luovutus päättyy"), required=False)
    reason = TextField(
        label=_("Syy"), max_length=CHANGE_REASON_LENGTH, required=False,
        help_text=_("Esimerkiksi työ tai opiskelu toisella paikkakunnalla. Ei henkilötunnuksia."),
    )  # fmt: skip


class SuccessionForm(RunsService, PickFields):
    """Who comes into a lease in whose place. The day from which it holds is asked where the law
    does not tell it."""

    must_choose = True
    usual_field = "q"

    q = who(_("Kuka tulee: nimi tai asiakasnumero"))
    leaving = forms.TypedChoiceField(label=_("Kenen tilalle"), coerce=int)
    relation = forms.ChoiceField(
        label=_("Suhde vuokralaiseen"), choices=[CHOOSE, *Relation.choices]
    )
    resident = forms.BooleanField(label=_("On asunut huoneistossa"), required=False)
    told_on = DayField(label=_("Ilmoitettu"), help_text=_("Päivä, jona ilmoitus saatiin."))
    effective_on = DayField(label=_("Siirto on voimassa alkaen"))
    reason = TextField(
        label=_("Lisätieto"), max_length=CHANGE_REASON_LENGTH, required=False,
        help_text=_("Ei henkilötunnuksia."),
    )  # fmt: skip

    def __init__(self, *args: Any, tenants: Sequence[Party], change: Change, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {party.pk: party for party in tenants}
        label = _("%(role)s, asiakasnumero %(number)s")
        self.fields["leaving"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (one.pk, label % {"role": one.get_role_display(), "number": one.person})
            for one in tenants
        ]
        if change in (Change.PERMITTED, Change.DEATH):
            del self.fields["effective_on"]

    def succession(self, coming: Person) -> Succession:
        """What was given, with the person who was chosen."""
        given = self.cleaned_data
        return Succession(
            leaving=self.parties[given["leaving"]], coming=coming,
            relation=Relation(given["relation"]), resident=given["resident"],
            told_on=given["told_on"], effective_on=given.get("effective_on"),
            reason=given["reason"],
        )  # fmt: skip


class AnswerForm(RunsService, forms.Form):
    """What the company answers to a request to transfer a lease."""

    usual_field = "on"

    answer = forms.ChoiceField(label=_("Vastaus"), choices=[CHOOSE, *Answer.choices])
    on = DayField(label=_("Vastattu"))
    effective_on = DayField(
        label=_("Siirto on voimassa alkaen"), required=False,
        help_text=_("Kun lupa annetaan."),
    )  # fmt: skip
