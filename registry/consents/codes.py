"""What a person may be contacted for, by which channel, and what the person can say of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Use(models.TextChoices):
    """What somebody is contacted for (käyttö). Source: data-protection 2.4 and 11.2."""

    MARKETING = "marketing", _("Suoramarkkinointi")
    PARTNER = "partner", _("Kumppanin tai konsernin markkinointi")
    RESEARCH = "research", _("Markkina- ja mielipidetutkimukset")
    SURVEY = "survey", _("Asiakaskyselyt")
    SERVICE = "service", _("Asumista koskevat tiedotteet")


class Channel(models.TextChoices):
    """How somebody is reached (kanava). Those of the register's objections, S9-03 … S9-06.

    `SURVEY` stands for every way of asking: an objection to surveys is one, not one of each way.
    """

    POST = "post", _("Posti")
    PHONE = "phone", _("Puhelin")
    EMAIL = "email", _("Sähköposti")
    SMS = "sms", _("Tekstiviesti")
    OTHER = "other", _("Muu")
    SURVEY = "survey", _("Kaikki tavat")


MARKETING_CHANNELS: Final = (
    Channel.POST, Channel.PHONE, Channel.EMAIL, Channel.SMS, Channel.OTHER,
)  # fmt: skip
MARKETING_USES: Final = (Use.MARKETING, Use.PARTNER)
SURVEY_USES: Final = (Use.RESEARCH, Use.SURVEY)


class Cell(NamedTuple):
    """What a person decides of at a time: one use by one channel."""

    use: Use
    channel: Channel

    @property
    def code(self) -> str:
        """As forms send it: `marketing:post`."""
        return f"{self.use.value}:{self.channel.value}"

    @property
    def label(self) -> str:
        """In words of the active language: `Suoramarkkinointi: posti`."""
        channel = str(self.channel.label).lower()
        return gettext("%(use)s: %(channel)s") % {"use": self.use.label, "channel": channel}


CELLS: Final = (
    *(Cell(use, channel) for use in MARKETING_USES for channel in MARKETING_CHANNELS),
    *(Cell(use, Channel.SURVEY) for use in SURVEY_USES),
)
"""Everything that can be decided of, in the order of the screen."""

BY_CODE: Final = {cell.code: cell for cell in CELLS}


class Kind(models.TextChoices):
    """What was said (ratkaisun laji). A correction says that another row was a mistake."""

    PERMISSION = "permission", _("Suostumus")
    PROHIBITION = "prohibition", pgettext_lazy("objection", "Kielto")
    WITHDRAWAL = "withdrawal", _("Suostumuksen peruutus")
    LIFTING = "lifting", _("Kiellon poisto")
    CORRECTION = "correction", _("Kirjauksen korjaus")


class Manner(models.TextChoices):
    """How it reached the company (tapa). `IMPORT` is a file, `NOTICE` the word of an authority."""

    PHONE = "phone", _("Puhelimessa")
    VISIT = "visit", _("Käynnillä")
    FORM = "form", _("Lomakkeella")
    LETTER = "letter", _("Kirjeellä")
    EMAIL = "email", _("Sähköpostilla")
    NOTICE = "notice", _("Viranomaisen ilmoituksella")
    IMPORT = "import", _("Tiedostosta")


PERSONS_OWN: Final = (Manner.PHONE, Manner.VISIT, Manner.FORM, Manner.LETTER, Manner.EMAIL)
"""How a person's own act reaches the company; nothing else lifts a prohibition (11.3)."""


class Reason(models.TextChoices):
    """Why something may be sent, or why not: what `queries.may_send` explains its answer with."""

    SERVICE = "service", _("Asumiseen kuuluva tiedote")
    CONSENT = "consent", _("Suostumus")
    EXISTING_CUSTOMER = "existing_customer", _("Oma asiakas, samankaltainen palvelu")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Oikeutettu etu, ei kieltoa")

    UNKNOWN = "unknown", _("Henkilöä ei ole rekisterissä")
    DECEASED = "deceased", _("Henkilö on kuollut")
    RESTRICTED = "restricted", _("Tietojen käsittelyä on rajoitettu")
    PROTECTED = "protected", _("Turvakielto")
    HELD = "held", _("Säilytyspito")
    MINOR = "minor", _("Alaikäinen")
    AGE_UNKNOWN = "age_unknown", _("Ikä ei ole tiedossa")
    FORMER_CUSTOMER = "former_customer", _("Asiakkuus päättynyt liian kauan sitten")
    EXCLUDED = "excluded", _("Henkilölle ei lähetetä")
    PROHIBITED = "prohibited", _("Henkilö on kieltänyt")
    SUPPRESSED = "suppressed", _("Yhteystieto on estolistalla")
    SHARED = "shared", _("Samaa yhteystietoa käyttävä on kieltänyt")
    OTHER_PURPOSE = "other_purpose", _("Tiedot on annettu muuhun tarkoitukseen")
    NO_CONSENT = "no_consent", _("Ei suostumusta")
    WITHDRAWN = "withdrawn", _("Suostumus on peruutettu")
    EXPIRED = "expired", _("Suostumus on vanhentunut")


ALLOWING: Final = frozenset(
    {Reason.SERVICE, Reason.CONSENT, Reason.EXISTING_CUSTOMER, Reason.LEGITIMATE_INTEREST}
)
