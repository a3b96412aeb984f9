"""What the copy of one's data tells of the order of applicants (SY-06, article 15(1)(h)): its
logic and the own places. Of the others that were compared it tells how many they were."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import PARTIES
from applications.intake.models import Member
from applications.selection.models import Compared, passed_words
from applications.selection.queries.frozen import FrozenHousehold
from registry.copies import blocks
from registry.copies.blocks import AUTOMATED, Told
from vuokra.ui import formatting


def order_told(ids: Collection[int], today: date) -> Told | None:
    """Where the applications of a person stood, the oldest first; one statement."""
    applied = Member.objects.filter(
        application=OuterRef("application"), person__in=list(ids), part__in=PARTIES
    )
    rows = (
        Compared.objects.filter(Exists(applied))
        .annotate(
            household=FrozenHousehold(F("decision__snapshot"), F("token")),
            on=F("decision__on"), among=F("decision__compared_count"),
            chosen=F("decision__chosen"),
        )
        .order_by("on", "pk")
    )  # fmt: skip
    told = [_row(one) for one in rows]
    if not told:
        return None
    text = _(
        "Asuntoon sopivat hakijat järjestetään ehdotukseksi asunnon tarpeen kiireellisyyden, "
        "varallisuuden ja tulojen mukaan, kuten laki asukasvalinnasta edellyttää. Järjestys ei "
        "ratkaise valintaa: sen tekee työntekijä, ja poikkeamiseen järjestyksestä on oltava "
        "peruste."
    )
    head = [_("Päivä"), _("Sija"), _("Vertailtuja"), _("Kiireellisyysluokka"), _("Lopputulos")]
    return Told(text, head, told)


def _row(one: Any) -> list[str]:
    kept = one.household
    ended = _("Valittu") if one.token == one.chosen else passed_words(kept["passed"])
    return [
        formatting.date(one.on), str(kept["place"]), str(one.among),
        str(kept["urgency"] or formatting.EN_DASH), ended or formatting.EN_DASH,
    ]  # fmt: skip


def register() -> None:
    """Called from the room's AppConfig."""
    blocks.register("selection", AUTOMATED, gettext_lazy("Sijasi asukasvalinnoissa"), order_told)
