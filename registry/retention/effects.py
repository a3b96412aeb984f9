"""Which data would be kept for another time when a length of retention changes."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from registry.retention.queries import lengths
from registry.retention.rule_rows import ROOM, ROWS
from registry.retention.rules import codes_using
from vuokra.policy.groups import Group
from vuokra.policy.items import ALL_ITEMS
from vuokra.policy.retention import RETENTION
from vuokra.rules.registry import Proposed, tell_effect


def kept_otherwise(name: str, new: Proposed) -> list[str]:
    """The retention codes whose last day would be another, and the groups of data kept by them."""
    names = codes_using(name, lengths(new.begins)) or [name]  # a length beside the formulas
    whole = {one.partition(".")[0] for one in names}
    groups = groups_kept_by(whole)
    codes = ", ".join(code for code in RETENTION if code in whole)
    told = [_("Toisin päättyisi säilytysaika: %(codes)s.") % {"codes": codes}]
    if groups:
        told.append(
            _("Se koskee tietoryhmiä: %(groups)s.")
            % {"groups": ", ".join(str(group.label) for group in groups)}
        )
    return [*told, _("Kirjatut päivät, kuten paperiaineiston säilytyspäivä, eivät muutu.")]


def groups_kept_by(codes: set[str]) -> list[Group]:
    """The groups of data of which some is kept by one of the retention codes, as the register
    description says."""
    found = {group for item in ALL_ITEMS if codes & set(item.retention) for group in item.groups}
    return [group for group in Group if group in found]


def register() -> None:
    """Tell the effects of this room's rules."""
    for row in ROWS:
        tell_effect(f"{ROOM}.{row.code}", partial(kept_otherwise, row.code))
