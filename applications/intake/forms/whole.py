"""The one long form of an application on paper: the forms of its parts, and rows of them, together.

Nothing typed is lost: until it is saved, each answer draws the whole form again as it was typed.
A row is added, taken out, or a person searched by a button of the form, with scripts or without.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import AttachmentKind, Proof
from applications.intake.forms.parts import Doubting, HomeForm, NeedForm, WishForm
from applications.intake.forms.rows import (
    ARRIVAL,
    CLOSING,
    AllToldForm,
    ApplicantForm,
    AssetRow,
    Choices,
    DebtRow,
    GroundRow,
    IncomeRow,
    MemberRow,
    PaperRow,
    PermitRowForm,
    WorkRow,
)
from applications.intake.models import Application
from applications.intake.services.drafting import birth_date_of
from applications.intake.services.whole import (
    APPLICANT,
    HOME,
    NEED,
    WISH,
    Applying,
    Enclosed,
    Joining,
    OwnedRow,
    PermitRow,
    Whole,
    WholeRefused,
)
from registry.households.picking import Picked, pick
from registry.persons.rules import HetuError, parse_hetu
from vuokra.ui.pages import number_told

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TOLD: Final = "told"
MOST_ROWS: Final = 12
"""Rows of a kind: a form full of them is still within the fields that one request may have. What is
more is added on the page of the application."""
MEMBER, PERMIT, GROUND, WORK = "member", "permit", "ground", "work"
INCOME, ASSET, DEBT, PAPER = "income", "asset", "debt", "paper"
OWNED: Final = (WORK, INCOME, ASSET, DEBT)
"""Property before debts, which may name it."""
AT_FIRST: Final = (GROUND, WORK, INCOME, PAPER)
"""Kinds of which a row stands ready."""
ADD, DROP, STAY = "add", "drop", "stay"
"""Buttons that do not save: a row more, one less, and whatever Enter does in a field."""
KEPT_SEARCH: Final = ("q", "searched")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows: its form, what a row and the button for another are called."""

    form: type[forms.BaseForm]
    row: StrOrPromise
    more: StrOrPromise


KINDS: Final[Mapping[str, Kind]] = {
    MEMBER: Kind(MemberRow, gettext_lazy("Henkilö"), gettext_lazy("Lisää henkilö")),
    PERMIT: Kind(PermitRowForm, gettext_lazy("Oleskelulupa"), gettext_lazy("Lisää oleskelulupa")),
    GROUND: Kind(GroundRow, gettext_lazy("Peruste"), gettext_lazy("Lisää peruste")),
    WORK: Kind(WorkRow, gettext_lazy("Työ"), gettext_lazy("Lisää työ")),
    INCOME: Kind(IncomeRow, gettext_lazy("Tulo"), gettext_lazy("Lisää tulo")),
    ASSET: Kind(AssetRow, gettext_lazy("Varallisuus"), gettext_lazy("Lisää varallisuus")),
    DEBT: Kind(DebtRow, gettext_lazy("Velka"), gettext_lazy("Lisää velka")),
    PAPER: Kind(PaperRow, gettext_lazy("Liite"), gettext_lazy("Lisää liite")),
}
SECTIONS: Final[Mapping[str, StrOrPromise]] = {
    "saapuminen": gettext_lazy("Saapuminen"),
    "hakija": gettext_lazy("Hakija"),
    "ruokakunta": gettext_lazy("Ruokakunta"),
    "luvat": gettext_lazy("Oleskeluluvat"),
    "tarve": gettext_lazy("Asunnontarve"),
    "nykyinen": gettext_lazy("Nykyinen asunto"),
    "haettava": gettext_lazy("Haettava asunto"),
    "tyo": gettext_lazy("Työ"),
    "tulot": gettext_lazy("Tulot"),
    "varat": gettext_lazy("Varallisuus ja velat"),
    "vakuutus": gettext_lazy("Vakuutus ja allekirjoitus"),
    "liitteet": gettext_lazy("Alkuperäinen ja liitteet"),
}
"""Sections of the page by their anchors, in the order of the paper form."""
_SECTION_OF: Final[Mapping[str, str]] = {
    MEMBER: "ruokakunta", PERMIT: "luvat", GROUND: "tarve", NEED: "tarve", HOME: "nykyinen",
    WISH: "haettava", WORK: "tyo", INCOME: "tulot", ASSET: "varat", DEBT: "varat", TOLD: "tulot",
    PAPER: "liitteet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An error for the summary: the id it links to, where it is, and its words."""

    anchor: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is drawn: its form, its kind and number among those sent, and its name."""

    form: Any
    kind: str
    key: int
    name: str

    @property
    def place(self) -> str:
        return f"{self.kind}-{self.key}"


class WholeForm:
    """All forms of an application. It is bound when it was sent to be saved, and otherwise shown as
    it was typed."""

    most_rows = MOST_ROWS

    def __init__(
        self, data: QueryDict | None, files: MultiValueDict[str, Any] | None = None, *, today: date
    ) -> None:
        self.data, self.files, self.today = data, files, today
        self.number = _form_number(data)
        self.fresh = ""
        self.focus = APPLICANT if data is None else ""
        self.keys = self._read_keys()
        asked = data is None or any(name in data for name in (ADD, DROP, STAY))
        self.picks = self._pick()
        self.is_bound = not asked and not any(one.searched for one in self.picks.values())
        self._make()

    # -- what was sent ---------------------------------------------------------------------------

    def _read_keys(self) -> dict[str, list[int]]:
        """The numbers of the rows of each kind, with one more or less as asked."""
        data = self.data
        if data is None:
            return {kind: [1] if kind in AT_FIRST else [] for kind in KINDS}
        keys = {kind: _numbers(data.getlist(kind)) for kind in KINDS}
        kind = data.get(ADD, "")
        if kind in keys and len(keys[kind]) < MOST_ROWS:
            keys[kind].append(max(keys[kind], default=0) + 1)
            self.fresh = self.focus = f"{kind}-{keys[kind][-1]}"
        kind, _dash, told = data.get(DROP, "").partition("-")
        if kind in keys and number_told(told) in keys[kind]:
            keys[kind].remove(int(told))
            self.focus = kind
        return keys

    def _pick(self) -> dict[str, Picked]:
        """Who is searched and chosen: the applicant, and each of the household."""
        places = [APPLICANT, *(f"{MEMBER}-{key}" for key in self.keys[MEMBER])]
        picks = {}
        for place in places:
            sent = _inside(self.data, place)
            if not sent.get("q", "").strip():  # a name that was taken away is not searched
                sent["searched"] = ""
            picks[place] = pick(sent, today=self.today)
            if picks[place].searched:
                self.focus = place
        return picks

    # -- the forms -------------------------------------------------------------------------------

    def _make(self) -> None:
        maybe: dict[str, Any] = {"empty_permitted": True, "use_required_attribute": False}
        arrived = {"received_on": self.today, "subsidised": True}
        people, assets = self.people, _numbered(ASSET, self.keys[ASSET])
        self.applicant = self._made(ApplicantForm, APPLICANT, initial=arrived)
        self.need = self._made(
            NeedForm, NEED, draft=True, initial={"expected_proof": Proof.TOLD}, **maybe
        )
        self.home = self._made(HomeForm, HOME, draft=True, **maybe)
        self.wish = self._made(WishForm, WISH, draft=True, **maybe)
        self.told = self._made(AllToldForm, TOLD, people=people)
        more: dict[str, dict[str, Any]] = {
            kind: {"people": people} for kind in (PERMIT, *OWNED, PAPER)
        }
        more[DEBT]["assets"] = assets
        self.rows = {
            kind: [
                Row(
                    self._made(KINDS[kind].form, place, **more.get(kind, {}), **maybe),
                    kind, key, str(name),
                )
                for key, (place, name) in zip(keys, _numbered(kind, keys), strict=True)
            ]
            for kind, keys in self.keys.items()
        }  # fmt: skip
        for place, picked in self.picks.items():
            self.forms[place].picked = picked
        self._show_focus()

    def _made(self, make: Callable[..., Any], place: str, **given: Any) -> Any:
        if self.is_bound:
            return make(self.data, self.files, prefix=place, **given)
        form = make(prefix=place, **given)
        if self.data is not None and place != self.fresh:
            _as_typed(form, self.data)
            if isinstance(form, PaperRow):
                form.chosen = form.was_chosen(self.data, self.files)
            if picked := self.picks.get(place):
                _as_picked(form, picked)
        return form

    def _show_focus(self) -> None:
        """The field in which one goes on: of the row that is new, or where one searches."""
        form = self.forms.get(self.focus)
        if form is None:
            return
        names = [name for name in form.fields if not form[name].is_hidden]
        name = "q" if "q" in names else names[0]
        form.fields[name].widget.attrs["autofocus"] = True

    @property
    def people(self) -> Choices:
        """The household by their places."""
        return [(APPLICANT, _("Hakija")), *_numbered(MEMBER, self.keys[MEMBER])]

    @property
    def hidden(self) -> bool:
        """Whether somebody of those who were chosen is under turvakielto, or it was told."""
        chosen = [one.chosen for one in self.picks.values() if one.chosen is not None]
        return any(one.protected for one in chosen) or bool(self.applicant["protected"].value())

    @property
    def forms(self) -> dict[str, Any]:
        """Every form by its place, in the order of the page."""
        kinds = ((one.place, one.form) for rows in self.rows.values() for one in rows)
        single = (self.applicant, self.need, self.home, self.wish, self.told)
        return {one.prefix: one for one in single} | dict(kinds)

    def used(self, kind: str) -> list[Row]:
        """The rows of a kind in which something was typed."""
        return [one for one in self.rows[kind] if one.form.has_changed()]

    # -- what is wrong ---------------------------------------------------------------------------

    def is_valid(self) -> bool:
        """Whether all that was typed can be given to the service."""
        if not self.is_bound:
            return False
        self._tell_home()
        good = [form.is_valid() for form in self.forms.values()]
        self._judge_rows()
        return all(good) and not self.errors

    def _tell_home(self) -> None:
        """What the costs of the present home and the year of moving in are compared with."""
        incomes = [one.form for one in self.used(INCOME) if one.form.is_valid()]
        if incomes:
            self.home.income_eur = sum((one.instance.month_eur for one in incomes), Decimal(0))
        self.home.born = self._born()

    def _born(self) -> int | None:
        chosen = self.picks[APPLICANT].chosen
        if chosen is not None:
            known = birth_date_of(chosen)
            return known.year if known else None
        told = self.applicant.cleaned_data if self.applicant.is_valid() else {}
        if told.get("birth_date"):
            return int(told["birth_date"].year)
        try:
            code = parse_hetu(told.get("hetu", ""), today=self.today, artificial_allowed=True)
        except HetuError:
            return None
        return code.birth_date.year

    def _judge_rows(self) -> None:
        """Rows that belong to nobody who was told, and permits beside another right to stay."""
        there = {APPLICANT, *(one.place for one in self.used(MEMBER))}
        for kind in (PERMIT, *OWNED, PAPER):
            for row in self.used(kind):
                if (row.form.cleaned_data.get("of") or APPLICANT) not in there:
                    text = _("Tästä henkilöstä ei ole kirjattu mitään.")
                    row.form.add_error("of", ValidationError(text, code="nobody"))
        staying = {
            place for place in there if self.forms[place].cleaned_data.get("residence")
        }  # fmt: skip
        for row in self.used(PERMIT):
            of = row.form.cleaned_data.get("of")
            if of in staying:
                text = _("Henkilölle on kirjattu jo toinen oleskelun peruste.")
                row.form.add_error("of", ValidationError(text, code="residence"))
            staying.add(of)

    @property
    def errors(self) -> list[Told]:
        """What is wrong, in the order of the page."""
        if not self.is_bound:
            return []
        named = {one.place: one.name for rows in self.rows.values() for one in rows}
        found = [
            told for place, form in self.forms.items()
            for told in _errors_of(place, named.get(place, ""), form)
        ]  # fmt: skip
        if found and self.files:
            text = _("Valitse tiedostot uudelleen: selain ei säilytä niitä.")
            found.append(Told("liitteet", "liitteet", text))
        order = list(SECTIONS)
        return sorted(found, key=lambda told: order.index(told.section))

    @property
    def sections(self) -> list[tuple[str, StrOrPromise, int]]:
        """The index of the page: anchor, title and number of errors."""
        found = [told.section for told in self.errors]
        return [(anchor, title, found.count(anchor)) for anchor, title in SECTIONS.items()]

    def run(self, service: Callable[[], Application]) -> Application | None:
        """Call the service; what it refuses becomes errors of the fields concerned."""
        try:
            with transaction.atomic():
                return service()
        except WholeRefused as refused:
            for place, error in refused.refusals:
                self.forms[place].tell(error)
            return None

    # -- what is given to the service ------------------------------------------------------------

    @property
    def given(self) -> Whole:
        """All that was typed."""
        form = self.applicant
        return Whole(
            form=self.number,
            applicant=Applying(
                person=self.picks[APPLICANT].chosen, names=form.newcomer.names, code=form.code,
                protected=form.cleaned_data["protected"], reaching=form.reaching,
            ),
            membership=form.membership, details=form.given,
            household=[
                Joining(
                    one.place, self.picks[one.place].chosen, one.form.newcomer, one.form.membership
                )
                for one in self.used(MEMBER)
            ],
            permits=[
                PermitRow(one.place, one.form.cleaned_data["of"], one.form.given)
                for one in self.used(PERMIT)
            ],
            need=replace(self.need.given, keep_sealed=False) if self.need.has_changed() else None,
            grounds=[(one.place, one.form.instance) for one in self.used(GROUND)],
            home=self.home.given if self.home.has_changed() else None,
            wish=self.wish.instance if self.wish.has_changed() else None,
            owned=list(self._owned()),
            income_told=self.told.cleaned_data["income"],
            wealth_told=self.told.cleaned_data["wealth"],
            papers=[
                Enclosed(one.place, told["of"], AttachmentKind(told["kind"]), told["file"])
                for one in self.used(PAPER)
                for told in (one.form.cleaned_data,)
            ],
        )  # fmt: skip

    def _owned(self) -> Iterator[OwnedRow]:
        for kind in OWNED:
            for one in self.used(kind):
                told = one.form.cleaned_data
                yield OwnedRow(
                    one.place, told["of"], one.form.instance, told.get("taken_for", "")
                )  # fmt: skip


def _form_number(data: QueryDict | None) -> str:
    """The number by which one form is saved once."""
    try:
        return uuid.UUID(data.get("form", "") if data else "").hex
    except ValueError:
        return uuid.uuid4().hex


def _numbers(sent: list[str]) -> list[int]:
    """The numbers of rows, each once and at most so many as there may be."""
    read = [number_told(one) for one in sent[:MOST_ROWS]]
    return list(dict.fromkeys(one for one in read if one is not None))


def _numbered(kind: str, keys: list[int]) -> Choices:
    """Rows of a kind by their places, with names that count from one."""
    name = KINDS[kind].row
    return [(f"{kind}-{key}", f"{name} {at}") for at, key in enumerate(keys, 1)]


def _inside(data: QueryDict | None, place: str) -> QueryDict:
    """What was sent of one form, as if it stood alone."""
    found = QueryDict(mutable=True)
    for name in data or ():
        if name.startswith(f"{place}-"):
            found.setlist(name.removeprefix(f"{place}-"), data.getlist(name) if data else [])
    return found


def _as_typed(form: Any, data: QueryDict) -> None:
    """Show what was typed, right or wrong."""
    if isinstance(form, Doubting) and form.add_prefix("confirmed") in data:
        form.ask_again()
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))


def _as_picked(form: Any, picked: Picked) -> None:
    """Show what was searched; what may be an identity code is not put back into the page."""
    form.initial["chosen"] = picked.chosen.public_id if picked.chosen else ""
    form.initial |= {name: picked.initial.get(name, "") for name in KEPT_SEARCH}


def _errors_of(place: str, name: str, form: Any) -> Iterator[Told]:
    for field, errors in form.errors.items():
        bound = form[field] if field in form.fields else None
        anchor = (bound.id_for_label or bound.auto_id) if bound else f"place-{place}"
        told = [name, str(bound.label) if bound else ""]
        for error in errors:
            yield Told(
                anchor, _section_of(place, field), ": ".join([one for one in told if one] + [error])
            )


def _section_of(place: str, field: str) -> str:
    if place == APPLICANT:
        if field in (*ARRIVAL, "confirmed"):
            return "saapuminen"
        return "vakuutus" if field in CLOSING else "hakija"
    if (place, field) == (TOLD, "wealth"):
        return "varat"
    return _SECTION_OF[place.partition("-")[0]]
