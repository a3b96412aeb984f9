"""Words of what the rules tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from applications.intake.rules.checks import Doubt
from applications.intake.rules.complete import Lack
from applications.intake.rules.papers import Waiver

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LACKS: Final[Mapping[Lack, StrOrPromise]] = {
    Lack.BIRTH_DATE: _("Syntymäaika puuttuu"),
    Lack.HETU: _("Henkilötunnus puuttuu"),
    Lack.RESIDENCE: _("Oleskelun peruste puuttuu"),
    Lack.GROUND: _("Asunnontarpeen peruste puuttuu"),
    Lack.HOME: _("Nykyinen asunto puuttuu"),
    Lack.WISH: _("Haettava asunto puuttuu"),
    Lack.INCOME: _("Tuloja ei ole ilmoitettu"),
    Lack.ASSETS: _("Varallisuutta ei ole ilmoitettu"),
    Lack.CONSENT: _("Huoltajan suostumus puuttuu"),
    Lack.ASSURANCE: _("Vakuutus tietojen oikeellisuudesta puuttuu"),
    Lack.SIGNATURE: _("Allekirjoitus puuttuu (viimeistään ennen sopimusta)"),
}
_DOUBTS: Final[Mapping[Doubt, StrOrPromise]] = {
    Doubt.INCOME_FUTURE: _("Tulo alkaa vasta myöhemmin."),
    Doubt.INCOME_OVER: _("Tulo on jo päättynyt."),
    Doubt.INCOME_HIGH: _("Tulo on epätavallisen suuri. Onko se vuodessa?"),
    Doubt.INCOME_LOW: _("Tulo on epätavallisen pieni. Onko jakso oikein?"),
    Doubt.ASSET_HIGH: _("Arvo on epätavallisen suuri."),
    Doubt.RENT_OVER_INCOME: _("Asumiskulut ovat suuremmat kuin ruokakunnan tulot."),
    Doubt.COST_HIGH: _("Asumiskulut ovat epätavallisen suuret. Ovatko ne kuukaudessa?"),
    Doubt.AREA: _("Pinta-ala on epätavallinen."),
    Doubt.ROOMS: _("Huoneluku on epätavallinen."),
    Doubt.RESIDENTS: _("Asukkaita on epätavallisen monta."),
    Doubt.MOVED_IN: _("Muuttovuosi on epätavallinen."),
    Doubt.WISHED_PAST: _("Toivottu muuttopäivä on jo mennyt."),
    Doubt.WISHED_FAR: _("Toivottu muuttopäivä on yli vuoden päässä."),
    Doubt.MUST_MOVE_PAST: _("Päivä, johon mennessä on muutettava, on jo mennyt."),
    Doubt.HOMELESS_FUTURE: _("Päivä on vielä edessä."),
    Doubt.HOMELESS_LONG: _("Päivä on yli kymmenen vuotta sitten."),
    Doubt.RENT_WISH_LOW: _("Vuokratoive on epätavallisen pieni."),
    Doubt.RECEIVED_LONG: _("Hakemus on saapunut yli vuosi sitten."),
}
_WAIVERS: Final[Mapping[Waiver, StrOrPromise]] = {
    Waiver.ONE_APPLICANT: _("ei vaadita: yksi hakija (YMa 904/2006 2 §)"),
    Waiver.STUDENT_FLAT: _("ei vaadita: opiskelija-asunto (YMa 904/2006 2 §)"),
}


def lack_words(lack: Lack) -> StrOrPromise:
    """What is missing, in words."""
    return _LACKS[lack]


def doubt_words(doubt: Doubt) -> StrOrPromise:
    """What is unlikely, in words."""
    return _DOUBTS[doubt]


def waiver_words(waiver: Waiver) -> StrOrPromise:
    """Why a paper is not demanded (SEL-T37), in words."""
    return _WAIVERS[waiver]
