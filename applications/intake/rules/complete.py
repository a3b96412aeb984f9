"""What an application lacks (hakemuksen puutteet): the content that the decree demands.

Source: resident-selection specification, section 10.1 (YMa 904/2006 1 §). What is missing is asked
for; it never refuses an application.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """What is missing."""

    BIRTH_DATE = "birth_date"
    HETU = "hetu"
    RESIDENCE = "residence"
    GROUND = "ground"
    HOME = "home"
    WISH = "wish"
    INCOME = "income"
    ASSETS = "assets"
    CONSENT = "consent"
    ASSURANCE = "assurance"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one member; `party` is who will sign. `adult` is None without a birth
    date; `consent` whether the guardians of a child consented."""

    key: int
    adult: bool | None
    party: bool
    identified: bool
    residence: bool
    income: bool
    assets: bool
    away: bool = False
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that an application lacks, of whom when it is of one member."""

    lack: Lack
    member: int | None = None


def lacks(
    members: Sequence[Told],
    *,
    subsidised: bool,
    ground: bool,
    home: bool,
    wish: bool,
    assured: bool,
    signed: bool,
) -> Iterator[Missing]:
    """Everything that is missing, in the order of the form. The signature is needed before the
    lease alone; identity codes of all who move in for a state-subsidised flat, elsewhere of those
    who sign."""
    for one in members:
        if one.adult is None:
            yield Missing(Lack.BIRTH_DATE, one.key)
        elif not one.away and not one.identified and (subsidised or (one.party and one.adult)):
            yield Missing(Lack.HETU, one.key)
    if not any(one.residence for one in members if not one.away):
        yield Missing(Lack.RESIDENCE)
    if not ground:
        yield Missing(Lack.GROUND)
    if not home:
        yield Missing(Lack.HOME)
    if not wish:
        yield Missing(Lack.WISH)
    for one in members:
        if one.adult and not one.away:
            if not one.income:
                yield Missing(Lack.INCOME, one.key)
            if not one.assets:
                yield Missing(Lack.ASSETS, one.key)
    for one in members:
        if one.party and one.adult is False and not one.consent:
            yield Missing(Lack.CONSENT, one.key)
    if not assured:
        yield Missing(Lack.ASSURANCE)
    if not signed:
        yield Missing(Lack.SIGNATURE)
