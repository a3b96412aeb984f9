"""Forms of the paper archive. They parse and guide; the services check and write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.archive.models import (
    CODE_LENGTH,
    LABEL_LENGTH,
    ROOM_LENGTH,
    AfterScan,
    Destruction,
    Origin,
    PaperFile,
    PaperKind,
    Store,
)
from registry.archive.services import Details
from registry.persons.forms import DayField, RunsService, TextField
from vuokra.policy.roles import Purpose

CHOOSE = ("", _("Valitse"))
PAPER_FIELDS = ("kind", "label", "covers_from", "covers_to", "keep_until", "origin", "scanned_on")


class StoreForm(RunsService, forms.Form):
    """A place of paper."""

    error_fields: ClassVar[Mapping[str, str]] = {"archive_store_code": "code"}
    usual_field = "code"

    code = TextField(label=_("Tunnus"), max_length=CODE_LENGTH, help_text=_("Esimerkiksi A-12."))
    kind = forms.ChoiceField(label=_("Laji"), choices=[CHOOSE, *Store.Kind.choices])
    room = TextField(label=_("Huone"), max_length=ROOM_LENGTH)
    lock = forms.ChoiceField(label=_("Lukitus"), choices=[CHOOSE, *Store.Lock.choices])
    closed_on = DayField(
        label=_("Poistettu käytöstä"),
        required=False,
        help_text=_("Paikan on oltava tyhjä."),
    )

    def clean_code(self) -> str:
        """A code is written in capitals."""
        code: str = self.cleaned_data["code"].upper()
        return code

    def filled(self, store: Store) -> Store:
        """The place with what was given."""
        for name in self.fields:
            setattr(store, name, self.cleaned_data[name])
        return store


class PaperForm(RunsService, forms.Form):
    """Papers of a person: what they are, where they lie, how long they are kept."""

    error_fields: ClassVar[Mapping[str, str]] = {
        "archive_file_dates": "covers_to", "archive_file_kept_longer": "keep_until",
        "archive_file_kind_stays": "kind",
    }  # fmt: skip
    usual_field = "kind"

    kind = forms.ChoiceField(label=_("Aineisto"))
    store = forms.TypedChoiceField(label=_("Säilytyspaikka"), coerce=int)
    label = TextField(
        label=_("Tunniste paikassa"),
        max_length=LABEL_LENGTH,
        required=False,
        help_text=_("Esimerkiksi välilehden numero. Ei nimiä."),
    )
    covers_from = DayField(label=_("Ensimmäinen päiväys"))
    covers_to = DayField(label=_("Viimeinen päiväys"), required=False)
    keep_until = DayField(
        label=_("Säilytetään asti"),
        required=False,
        help_text=_("Viimeinen säilytyspäivä. Tyhjä, jos sitä ei vielä tiedetä."),
    )
    origin = forms.ChoiceField(label=_("Miten aineisto tuli"), choices=Origin.choices)
    scanned_on = DayField(label=_("Skannattu"), required=False)
    after_scan = forms.ChoiceField(
        label=_("Mitä paperille tehdään skannauksen jälkeen"),
        choices=[("", "–"), *AfterScan.choices],
        required=False,
    )

    def __init__(
        self, *args: Any, kinds: Iterable[str], stores: Sequence[Store], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stores = {store.pk: store for store in stores}
        labels = dict(PaperKind.choices)
        places = [(store.pk, f"{store.code} · {store.room}") for store in stores]
        self.fields["kind"].choices = [CHOOSE, *((kind, labels[kind]) for kind in kinds)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["store"].choices = [CHOOSE, *places]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def details(self) -> Details:
        given = self.cleaned_data
        return Details(
            kind=PaperKind(given["kind"]),
            store=self.stores[given["store"]],
            covers_from=given["covers_from"],
            covers_to=given["covers_to"],
            keep_until=given["keep_until"],
            label=given["label"],
            origin=Origin(given["origin"]),
            scanned_on=given["scanned_on"],
            after_scan=given["after_scan"],
        )


def of_file(file: PaperFile) -> dict[str, object]:
    """What is recorded of papers, as a form shows it."""
    values = {name: getattr(file, name) for name in (*PAPER_FIELDS, "after_scan")}
    return values | {"store": file.store_id}


class LoanForm(RunsService, forms.Form):
    """For what purpose papers are taken out, and until when."""

    usual_field = "due"

    purpose = forms.ChoiceField(label=_("Käyttötarkoitus"))
    due = DayField(label=_("Palautetaan viimeistään"))

    def __init__(self, *args: Any, purposes: Iterable[Purpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(purpose.value, purpose.label) for purpose in purposes]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class DestroyForm(RunsService, forms.Form):
    """That papers were destroyed, why, how, and who saw it."""

    usual_field = "ground"

    ground = forms.ChoiceField(label=_("Peruste"), choices=Destruction.Ground.choices)
    method = forms.ChoiceField(label=_("Tapa"), choices=[CHOOSE, *Destruction.Method.choices])
    destroyed_on = DayField(label=_("Tuhottu"))
    witness = forms.TypedChoiceField(
        label=_("Todistaja"),
        coerce=int,
        help_text=_("Todistaja vahvistaa tuhoamisen omalla tunnuksellaan."),
    )

    def __init__(
        self, *args: Any, witnesses: Sequence[tuple[int, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"].choices = [CHOOSE, *witnesses]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["destroyed_on"].initial = today
