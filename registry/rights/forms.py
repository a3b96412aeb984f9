"""Forms of requests. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.consents.codes import BY_CODE, Cell
from registry.consents.queries import stands_of
from registry.consents.rules import Standing
from registry.households.picking import PickFields
from registry.persons.forms import NOT_REMEMBERED, DayField, RunsService, TextField
from registry.persons.models import GROUNDS, MarkKind, Person
from registry.rights.models import (
    ADDRESSED,
    SHORT,
    TEXT,
    Authority,
    Behalf,
    Channel,
    DataRequest,
    ExtensionGround,
    Language,
    Level,
    Method,
    Outcome,
    Receiver,
    RefusalGround,
    Result,
    Right,
    Step,
    Target,
    Way,
)
from registry.rights.models.matters import VALUE_LENGTH
from registry.rights.queries.acting import Acting
from registry.rights.rules import REACHES
from registry.rights.services import Changed, Proof, Ruling
from vuokra.ui.fields import EurosField


def long_text(**kwargs: Any) -> TextField:
    """Free text of several lines."""
    kwargs.setdefault("max_length", TEXT)
    kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
    return TextField(**kwargs)


class ActForm(RunsService, forms.Form):
    """A form of one step of a request: it knows the version that the page showed.

    When another was there first, `meanwhile` are the steps taken since; what was typed stays, and
    sending it again saves it over them.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    error_fields: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = version
        self.fields["version"].initial = version
        self.meanwhile: list[Step] = []

    @property
    def of_page(self) -> int:
        """The version that was worked on."""
        number: int = self.cleaned_data["version"]
        return number

    def tell(self, error: ValidationError) -> None:
        if isinstance(error, Changed):
            self.meanwhile = error.steps
            data: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # it was posted
            data[self.add_prefix("version")] = str(error.steps[-1].version if error.steps else 0)
            self.data = data
        if hasattr(error, "error_dict") or hasattr(error, "code"):
            super().tell(error)
        else:  # several things are missing
            self.add_error(None, error)

    def took(self, step: Callable[[], object]) -> bool:
        """Take the step; whether it went well."""

        def taken() -> bool:
            step()
            return True

        return self.run(taken) is not None


class IntakeForm(RunsService, forms.Form):
    """What arrived: nothing is asked that 6.1 does not name, and no reasons."""

    error_fields = {
        "rights_receipt_future": "received_on",
        "rights_request_rights": "rights",
        "rights_request_from_somebody": "sender",
        "file": "attachment",
        "again": "again",
        "no_relation": "representative",
    }

    received_on = DayField(
        label=_("Saapui"),
        help_text=_("Päivä, jona pyyntö tuli yhtiöön, vaikka väärään postilaatikkoon."),
    )
    channel = forms.ChoiceField(label=_("Miten"), choices=[("", _("Valitse")), *Channel.choices])
    rights = forms.MultipleChoiceField(
        label=_("Mitä oikeutta pyyntö koskee"),
        choices=Right.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pyytäjän ei tarvitse mainita artiklaa eikä perustella."),
        error_messages={"required": _("Valitse ainakin yksi oikeus.")},
    )
    wish = long_text(label=_("Mitä pyydetään"), required=False)
    behalf = forms.ChoiceField(
        label=_("Kenen puolesta"), choices=Behalf.choices, required=False,
        widget=forms.RadioSelect, initial="",
    )  # fmt: skip
    representative = forms.ChoiceField(
        label=_("Edustaja rekisterissä"), required=False, widget=forms.RadioSelect, initial="",
        help_text=_("Kun edustaja on rekisterissä ja hänen suhteensa henkilöön on kirjattu."),
    )  # fmt: skip
    sender = TextField(label=_("Pyytäjän nimi"), max_length=SHORT, required=False)
    sender_contact = TextField(
        label=_("Mistä viesti tuli"),
        max_length=SHORT,
        required=False,
        help_text=_("Osoite tai numero, jos se ei ole rekisterissä. Tallennetaan salattuna."),
    )
    language = forms.ChoiceField(label=_("Vastauksen kieli"), choices=Language.choices)
    attachment = forms.FileField(
        label=_("Liite"),
        required=False,
        help_text=_("PDF, JPEG, PNG tai teksti. Älä tallenna kuvaa henkilöllisyystodistuksesta."),
    )
    again = forms.BooleanField(
        label=_("Samasta oikeudesta on jo avoin pyyntö, kirjaa silti"), required=False
    )

    def __init__(
        self, *args: Any, known: bool, today: date, acting: Iterable[Acting] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today
        self.repeats: list[str] = []
        self._offer(list(acting))
        if known:
            self.fields["sender"].help_text = _("Jos joku muu kuin henkilö itse.")
        else:
            self.fields["sender"].required = True
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = self.acting.get(given.get("representative", ""))
        if chosen is not None and given.get("behalf", "") not in chosen.behalf:
            self.add_error("representative", _("Valitse sama kohdassa Kenen puolesta."))
        if given.get("behalf") and not given.get("sender") and chosen is None:
            self.add_error("sender", _("Kirjoita, kuka pyytää henkilön puolesta."))
        return given

    def _offer(self, acting: list[Acting]) -> None:
        """Those who act for the person as choices; no field when the register knows nobody."""
        self.acting = {one.person.public_id: one for one in acting}
        if not acting:
            del self.fields["representative"]
            return
        named = [(key, f"{one.person.name}, {one.relation}") for key, one in self.acting.items()]
        choices = [("", _("Ei kukaan näistä")), *named]
        self.fields["representative"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField

    @property
    def who_acts(self) -> Person | None:
        """Who of the register asks for the person, when one was chosen."""
        chosen = self.acting.get(self.cleaned_data.get("representative", ""))
        return chosen.person if chosen else None

    @property
    def asks(self) -> list[Right]:
        return [Right(code) for code in self.cleaned_data.get("rights", [])]


class MoveReceiptForm(ActForm):
    """An earlier day of receipt, and why."""

    error_fields = {
        "rights_receipt_backwards": "day",
        "rights_receipt_reason": "reason",
        "hetu_in_text": "reason",
    }

    day = DayField(label=_("Saapui"))
    reason = TextField(label=_("Miksi päivä siirtyy"), max_length=SHORT)


class AuthorityForm(ActForm):
    """Whether the authority to act was seen; no copy of it is kept."""

    error_fields = {"no_paper": "paper"}

    authority = forms.ChoiceField(
        label=_("Valtuus"), choices=[c for c in Authority.choices if c[0]],
        widget=forms.RadioSelect,
    )  # fmt: skip
    paper = TextField(
        label=_("Mikä asiakirja nähtiin"),
        max_length=SHORT,
        required=False,
        help_text=_("Esimerkiksi valtakirja tai edunvalvontapäätös. Kopiota ei oteta."),
    )


class WayForm(ActForm):
    """By which way the requester is told."""

    way = forms.ChoiceField(label=_("Miten kerrotaan"), choices=Way.choices)


class VerifyForm(ActForm):
    """How identity was proved, of the ways that are enough. An identity code, a copy or a signature
    is no way."""

    error_fields = {"too_low": "method"}
    usual_field = "method"

    method = forms.ChoiceField(label=_("Miten henkilöllisyys todettiin"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, needed: Level, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enough = [one for one in Method if REACHES[one] >= min(needed, Level.T2)]
        self.fields["method"].choices = [(one.value, one.label) for one in enough]  # type: ignore[attr-defined]  # a ChoiceField


class WeighForm(ActForm):
    """A written assessment of who asks."""

    text = long_text(label=_("Arvio"))


class ExtendForm(WayForm):
    """Why the time is made longer; the requester is told in the same breath."""

    error_fields = {"no_reason": "reason"}

    ground = forms.ChoiceField(
        label=_("Peruste"), choices=[c for c in ExtensionGround.choices if c[0]],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = long_text(label=_("Perustelu kirjeeseen"))


class DecideForm(ActForm):
    """What is decided of one right; a refusal says why."""

    error_fields = {
        "rights_refusal_whole": "reasons",
        "rights_excess_has_facts": "facts",
        "rights_fee_positive": "fee",
    }

    outcome = forms.ChoiceField(
        label=_("Ratkaisu"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=_("Peruste, jos ei toteuteta kokonaan"), choices=RefusalGround.choices, required=False
    )
    reasons = long_text(
        label=_("Perustelut vastaukseen"),
        required=False,
        help_text=_("Vastauksessa kerrotaan aina valituksesta ja oikeussuojakeinoista."),
    )
    facts = long_text(
        label=_("Tosiseikat"),
        required=False,
        help_text=_("Kohtuuttomuuden tai maksun osoittaa yhtiö: aiempien pyyntöjen päivät."),
    )
    fee = EurosField(
        label=_("Maksu euroina"), required=False,
        help_text=_("Vain kohtuuttomasta pyynnöstä tai lisäjäljennöksestä."),
    )  # fmt: skip
    to_supervisor = forms.BooleanField(
        label=_("Tiedot voidaan antaa tietosuojavaltuutetulle (tietosuojalaki 34 §)"),
        required=False,
    )

    @property
    def ruling(self) -> Ruling:
        given = self.cleaned_data
        return Ruling(
            Outcome(given["outcome"]), RefusalGround(given["ground"]), given["reasons"],
            given["facts"], given["to_supervisor"], given["fee"],
        )  # fmt: skip


class NoteForm(ActForm):
    """A sentence on what happened."""

    note = TextField(label=_("Lisätieto"), max_length=SHORT)

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["note"].label = label


class ApproveForm(ActForm):
    """Approve, or give back with a word on what to mend."""

    error_fields = {"empty": "note"}

    note = TextField(label=_("Jos palautat, mitä pitää korjata"), max_length=SHORT, required=False)


class DeliverForm(ActForm):
    """How, when and to whom the answer was given, and what shows it."""

    error_fields = {
        "delivered_on": "delivered_on",
        "confirmed_on": "confirmed_on",
        "rights_delivery_proved": "proof",
        "rights_delivery_to_confirmed_address": "confirmed_on",
    }

    way = forms.ChoiceField(label=_("Toimitustapa"), choices=Way.choices, widget=forms.RadioSelect)
    delivered_on = DayField(label=_("Toimitettu"))
    receiver = forms.ChoiceField(label=_("Kenelle"), choices=Receiver.choices)
    confirmed_on = DayField(
        label=_("Osoite varmistettu henkilöltä"),
        required=False,
        help_text=_("Tarvitaan, kun vastaus lähetetään osoitteeseen."),
    )
    proof = TextField(
        label=_("Mikä osoittaa toimituksen"),
        max_length=SHORT,
        help_text=_("Esimerkiksi kuittaus, lähetystunnus tai kirjatun kirjeen numero."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        needs = given.get("way") in [way.value for way in ADDRESSED]
        if needs and not given.get("confirmed_on") and "confirmed_on" not in self.errors:
            self.add_error("confirmed_on", _("Kirjoita, milloin osoite varmistettiin."))
        return given

    @property
    def given(self) -> Proof:
        data = self.cleaned_data
        return Proof(
            Way(data["way"]), data["delivered_on"], Receiver(data["receiver"]), data["proof"],
            data["confirmed_on"],
        )  # fmt: skip


class AttachmentForm(ActForm):
    """A file that belongs to the request, never a picture of a document of identity."""

    error_fields = {"file": "attachment"}
    usual_field = "attachment"

    attachment = forms.FileField(
        label=_("Liite"), help_text=_("PDF, JPEG, PNG tai teksti, enintään 10 Mt.")
    )
    no_identity = forms.BooleanField(
        label=_("Tiedosto ei ole kuva tai kopio henkilöllisyystodistuksesta")
    )


class CorrectionForm(ActForm):
    """A value that the person disputes: as it is, as it should be, and why."""

    target = forms.ChoiceField(label=_("Mikä tieto"), choices=Target.choices)
    present = forms.CharField(
        label=_("Tieto nyt"),
        max_length=VALUE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Tallennetaan salattuna."),
    )
    proposed = forms.CharField(
        label=_("Miten pitäisi olla"),
        max_length=VALUE_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
        help_text=_("Tallennetaan salattuna. Arviosta: henkilön oma lausuma."),
    )
    grounds = long_text(label=_("Perusteet"))
    evidence = TextField(label=_("Näyttö"), max_length=SHORT, required=False)
    restrict = forms.BooleanField(
        label=_("Rajoita käsittelyä, kunnes tieto on tarkistettu (18 artikla 1 a)"),
        required=False,
        initial=True,
    )


class SettleForm(ActForm):
    """What came of a rectification."""

    error_fields = {
        "rights_correction_refused_with_reasons": "note",
        "rights_correction_assessment_stays": "result",
    }

    result = forms.ChoiceField(
        label=_("Tulos"), choices=[c for c in Result.choices if c[0]], widget=forms.RadioSelect
    )
    note = long_text(label=_("Perustelut"), required=False)


class MatchForm(ActForm, PickFields):
    """Whose request it is: somebody of the register, or nobody."""

    error_fields = {"identified": "q"}

    nobody = forms.BooleanField(
        label=_("Henkilöstä ei ole tietoja rekisterissä, arkistossa eikä lokissa"), required=False
    )


class RestrictForm(ActForm):
    """On which ground processing is restricted (18 artikla 1)."""

    error_fields = {"ground": "ground", "persons_mark_once": "ground"}

    ground = forms.ChoiceField(
        label=_("Peruste"),
        choices=[(one.value, one.label) for one in GROUNDS[MarkKind.RESTRICTION]],
        widget=forms.RadioSelect,
    )


class ObjectForm(ActForm):
    """What is forbidden, and which consents are taken back; what already is so is not asked."""

    forbid = forms.MultipleChoiceField(
        label=_("Kielletään"), required=False, widget=forms.CheckboxSelectMultiple
    )
    take_back = forms.MultipleChoiceField(
        label=_("Perutaan suostumus"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, of: DataRequest, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = stands_of(of.person, today=today) if of.person else {}
        may_forbid = [c for c, s in stands.items() if s.standing is not Standing.FORBIDDEN]
        permitted = [c for c, s in stands.items() if s.standing is Standing.PERMITTED]
        self._offer("forbid", may_forbid if Right.MARKETING in of.rights else [])
        self._offer("take_back", permitted if Right.CONSENT in of.rights else [])

    def _offer(self, name: str, cells: Iterable[Cell]) -> None:
        """The cells as choices, all chosen; no field when there are none."""
        choices = [(one.code, f"{one.use.label}: {one.channel.label}") for one in cells]
        if not choices:
            del self.fields[name]
            return
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField
        self.fields[name].initial = [code for code, _label in choices]

    @property
    def forbidden(self) -> list[Cell]:
        return [BY_CODE[code] for code in self.cleaned_data.get("forbid", [])]

    @property
    def withdrawn(self) -> list[Cell]:
        return [BY_CODE[code] for code in self.cleaned_data.get("take_back", [])]
