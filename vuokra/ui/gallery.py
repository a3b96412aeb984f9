"""Invented content for the component gallery: one sample of every component in every state."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator

from vuokra.policy.roles import Purpose
from vuokra.policy.text import Bilingual
from vuokra.rules.queries import RuleValue
from vuokra.rules.registry import MONTHS
from vuokra.ui import charts
from vuokra.ui.formatting import hetu_mask, money

DAY = dt.date(2026, 11, 23)
MORNING = dt.datetime(2026, 11, 23, 8, 12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class SampleSecret:
    """Stands for an encrypted value in the gallery; its content is an artificial code."""

    text: str

    def reveal(self) -> str:
        """The sample itself."""
        return self.text


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    surname = forms.CharField(label="Sukunimi", max_length=80)
    code = forms.RegexField(
        r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]",
        label="Henkilötunnus",
        error_messages={"invalid": "Tarkistusmerkki ei täsmää. Tarkista numerosarja."},
    )
    start = forms.DateField(
        label="Alkamispäivä",
        help_text="Esimerkiksi 1.12.2026",
        error_messages={"invalid": "Kirjoita muodossa 1.12.2026."},
    )
    language = forms.ChoiceField(
        label="Asiointikieli", choices=[("fi", "suomi"), ("sv", "ruotsi"), ("en", "englanti")]
    )
    channel = forms.ChoiceField(
        label="Yhteydenottotapa",
        widget=forms.RadioSelect,
        choices=[("phone", "Puhelin"), ("mail", "Sähköposti")],
    )
    note = forms.CharField(label="Lisätieto", required=False, widget=forms.Textarea)
    confirm = forms.BooleanField(label="Tiedot on tarkistettu henkilöllisyystodistuksesta")


CHIPS = [
    {"word": "Voimassa", "icon": "check", "kind": "ok"},
    {"word": "Tarjottu", "icon": "send", "kind": "info"},
    {"word": "Puuttuu", "icon": "paperclip", "kind": "warn"},
    {"word": "Rästi 839,00 €", "icon": "triangle-alert", "kind": "bad"},
    {"word": "Päättynyt", "icon": "", "kind": ""},
    {"word": "Remontissa", "icon": "", "kind": "outline"},
    {"word": "Turvakielto", "icon": "user-lock", "kind": "priv"},
    {"word": "Markkinointikielto", "icon": "bell-off", "kind": "bad"},
    {"word": "Edunvalvonta", "icon": "users", "kind": "priv"},
    {"word": "Alaikäinen", "icon": "", "kind": "outline"},
    {"word": "Rajattu", "icon": "lock", "kind": "priv"},
]

REASONS = [
    {"value": "upkeep", "label": "Kunnossapito tai huolto", "detail": "HP-2026-0419", "chosen": 1},
    {"value": "lease", "label": "Vuokrasopimus tai muutto"},
    {"value": "collection", "label": "Perintä tai tiedoksianto"},
    {"value": "own", "label": "Rekisteröidyn oma pyyntö"},
    {"value": "other", "label": "Muu, kirjoita syy"},
]

COLUMNS = [
    {"label": "Päivä", "url": "?", "sorted": "descending"},
    {"label": "Selite"},
    {"label": "Määrä €", "number": True},
    {"label": "Toiminto", "hidden": True},
]

ROWS = [
    {"at": dt.date(2026, 11, 13), "what": "Kelan asumistuki", "amount": Decimal("218"), "on": True},
    {"at": dt.date(2026, 11, 5), "what": "Viitemaksu", "amount": Decimal("420")},
    {"at": dt.date(2026, 11, 2), "what": "Vuokra ja vesi", "amount": Decimal("-655")},
]

EVENTS = [
    SimpleNamespace(
        day=dt.date(2026, 11, 12), icon="receipt-text", text="Maksusopimus tehty", url="#",
        second="612,40 € · 3 erää, ensimmäinen 5.12.2026", chip="Voimassa", chip_kind="ok",
    ),
    SimpleNamespace(
        day=dt.date(2026, 10, 28), icon="mail", text="Tiedote: vesikatko 30.10.", url="#",
        second="Tekstiviesti · perille", chip="", chip_kind="",
    ),
    SimpleNamespace(
        day=dt.date(2026, 3, 14), icon="user-lock", text="Turvakielto merkitty", url="",
        second="Lähde: DVV:n ilmoitus", chip="Tietosuoja", chip_kind="priv",
    ),
]  # fmt: skip

LOOKS = [
    SimpleNamespace(
        at=MORNING, today=True, now=True, name="Sari Kotivaara", role="Asuntosihteeri",
        what="Kortti avattu", purpose="Vuokrasuhteen hoito",
    ),
    SimpleNamespace(
        at=MORNING - dt.timedelta(days=3), today=False, now=False, name="Mika Niittylahti",
        role="Reskontranhoitaja", what="Hetu paljastettu", purpose="Maksusopimus",
    ),
    SimpleNamespace(
        at=MORNING - dt.timedelta(days=20), today=False, now=False, name="Järjestelmä",
        role="Ajastettu", what="Turvakiellon tarkistus", purpose="Voimassa",
    ),
]  # fmt: skip


STEPS = [
    {"label": "Otettu vastaan", "state": "done", "at": dt.date(2026, 11, 2)},
    {"label": "Henkilöllisyys", "state": "done", "at": dt.date(2026, 11, 4)},
    {"label": "Tietojen koonti", "state": "now"},
    {"label": "Tarkastus", "state": ""},
    {"label": "Luovutus", "state": ""},
]

DEADLINES = [
    {"label": "Vastaus viimeistään", "due": dt.date(2026, 12, 14), "left": 21, "used": 30},
    {"label": "Tarjous voimassa", "due": dt.date(2026, 11, 26), "left": 3, "used": 75},
    {"label": "Tarkastus viimeistään", "due": dt.date(2026, 11, 20), "left": -3, "used": 100},
]

ARREARS = [
    ("Alle 30 päivää", Decimal("4180.50"), ""),
    ("30–60 päivää", Decimal("2210"), "warn"),
    ("60–90 päivää", Decimal("655"), "bad"),
    ("Yli 90 päivää", Decimal("6310.40"), "bad"),
]

BALANCES = [0, 0, -420, 0, 0, -655, -235, 0, -655, -1310, -875, -839]

BULK = [
    {"label": "Lähetä viesti", "name": "tee", "value": "viesti", "icon": "mail"},
    {"label": "Vie tiedostoon", "name": "tee", "value": "vie", "icon": "file-down"},
]

CONFIRM = {
    "title": "Lähetä 12 muistutusta?",
    "text": "Erääntynyttä yhteensä 6 310,40 €.",
    "excluded": ["1 asukas ohitetaan: maksusopimus on voimassa."],
    "label": "Lähetä 12 muistutusta",
}

HINTS = [
    {"keys": ["j", "k"], "label": "rivit"},
    {"keys": ["Enter"], "label": "avaa"},
    {"keys": ["x"], "label": "valitse"},
]

WHY = RuleValue(
    key="sample.answer",
    value=1,
    unit=MONTHS,
    version=1,
    valid_from=dt.date(2018, 5, 25),
    valid_until=None,
    source="(EU) 2016/679 12 artikla 3",
    note="Pyhät siirtävät määräaikaa.",
    title=Bilingual("tietopyynnön vastausaika", "time to answer a request"),
    label=None,
    confirmed=False,
    used=True,
)

SEARCHED = {
    "count": 3,
    "groups": [
        {"source": {"label": "Henkilöt", "code": "sample-people", "icon": "users"},
         "hits": [
            {"url": "#", "title": "Lehtovaara Marjukka", "second": "asiakas 10482"},
            {"url": "#", "title": "Lehtonen Aino", "badge": "Turvakielto"},
         ]},
        {"source": {"label": "Toiminnot", "code": "sample-pages", "icon": "list"},
         "hits": [{"url": "#", "title": "Omat katseluni"}]},
    ],
}  # fmt: skip


def documented() -> list[dict[str, str]]:
    """Every component with the context that its partial documents at its top."""
    told = re.compile(r"{% comment %}(.*?){% endcomment %}", re.S)
    folder = settings.BASE_DIR / "templates" / "components"
    return [
        {"name": path.stem, "context": found[1].strip()}
        for path in sorted(folder.glob("*.html"))
        if (found := told.search(path.read_text()))
    ]


def bars() -> list[dict[str, Any]]:
    """The sample bars with their lengths."""
    lengths = charts.shares([amount for _label, amount, _kind in ARREARS])
    return [
        {"label": label, "text": money(amount), "kind": kind, "share": length}
        for (label, amount, kind), length in zip(ARREARS, lengths, strict=True)
    ]


def context() -> dict[str, Any]:
    """Everything the gallery page shows."""
    wrong = {"surname": "Ahonpää", "code": "150685906N", "start": "32.12.26", "language": "fi"}
    return {
        "form": SampleForm(wrong, auto_id="bad_%s"),
        "clean_form": SampleForm(auto_id="new_%s"),
        "chips": CHIPS,
        "sample_reasons": REASONS,
        "columns": COLUMNS,
        "rows": ROWS,
        "total": sum(row["amount"] for row in ROWS),
        "events": EVENTS,
        "looks": LOOKS,
        "steps": STEPS,
        "deadlines": DEADLINES,
        "why_rule": WHY,
        "bars": bars(),
        "line": charts.line(BALANCES),
        "bulk": BULK,
        "confirm": CONFIRM,
        "hints": HINTS,
        "results": SEARCHED,
        "components": documented(),
        "secret": SampleSecret("150685-906N"),
        "birth_mask": hetu_mask(1985),
        "sample_purpose": Purpose.SOPIMUS.label,
        "page": Paginator(range(384), 50).page(2),
        "day": DAY,
        "morning": MORNING,
        "tabs": [
            {"label": "Yhteenveto", "url": "#", "current": True},
            {"label": "Hakemukset", "url": "#", "count": 1},
            {"label": "Vuokrasopimukset", "url": "#", "count": 2},
            {"label": "Käyttöloki", "url": "#"},
        ],
        "segments": [
            {"label": "Kaikki", "url": "#", "count": 118, "current": True},
            {"label": "Katselut", "url": "#", "count": 97},
            {"label": "Paljastukset", "url": "#", "count": 2},
        ],
    }
