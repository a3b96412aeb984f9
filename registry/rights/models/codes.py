"""Words of a request: which right, by which way, how far, on what ground (data-protection 6)."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Right(models.TextChoices):
    """Right of a data subject (rekisteröidyn oikeus); the code is the article of the GDPR."""

    ACCESS = "15", _("Tarkastusoikeus")
    RECTIFICATION = "16", _("Oikaisu")
    ERASURE = "17", _("Poisto")
    RESTRICTION = "18", _("Käsittelyn rajoittaminen")
    PORTABILITY = "20", _("Siirto järjestelmästä toiseen")
    OBJECTION = "21-1", _("Vastustaminen")
    MARKETING = "21-2", _("Markkinoinnin kielto")
    CONSENT = "7-3", _("Suostumuksen peruuttaminen")
    HUMAN = "22-3", _("Ihmisen tekemä käsittely")


FOUR_EYES: Final = frozenset({Right.ACCESS, Right.ERASURE, Right.PORTABILITY})
"""Rights whose answer a second person approves (6.1)."""
RECIPIENTS_TOLD: Final = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
"""Rights after which recipients are told of what was done (article 19)."""
AT_ONCE: Final = frozenset({Right.MARKETING, Right.CONSENT})
"""Rights that need no weighing: saving them is the answer (6.6)."""


class State(models.TextChoices):
    """How far a request is (vaihe, 6.8)."""

    RECEIVED = "received", _("Vastaanotettu")
    IDENTIFYING = "identifying", _("Odottaa tunnistusta")
    IN_PROGRESS = "in_progress", _("Käsittelyssä")
    EXTENDED = "extended", _("Käsittelyssä, jatkettu")
    IN_REVIEW = "in_review", _("Tarkastuksessa")
    APPROVED = "approved", _("Hyväksytty")
    DELIVERED = "delivered", _("Toimitettu")
    PARTLY_DELIVERED = "partly", _("Myönnetty osittain, toimitettu")
    REFUSED = "refused", _("Kieltäydytty")
    RECIPIENTS_TOLD = "told", _("Vastaanottajille ilmoitettu")
    CLOSED = "closed", _("Suljettu")
    WITHDRAWN = "withdrawn", _("Peruutettu")
    LAPSED = "lapsed", _("Rauennut")
    COMPLAINT = "complaint", _("Valitus")


OPEN: Final = (
    State.RECEIVED, State.IDENTIFYING, State.IN_PROGRESS, State.EXTENDED, State.IN_REVIEW,
    State.APPROVED,
)  # fmt: skip
"""States in which the answer is still owed: the deadline runs, and the requester may withdraw."""
WORKED_ON: Final = (State.IN_PROGRESS, State.EXTENDED)
ANSWERED: Final = (State.DELIVERED, State.PARTLY_DELIVERED, State.REFUSED)


class Channel(models.TextChoices):
    """How a request came (saapumistapa, 6.1): any way counts."""

    LETTER = "letter", _("Kirje")
    EMAIL = "email", _("Sähköposti")
    PHONE = "phone", _("Puhelin")
    VISIT = "visit", _("Käynti")
    AUTHORITY = "authority", _("Viranomainen")
    OTHER = "other", _("Muu")


class Behalf(models.TextChoices):
    """Who asks for the person (kenen puolesta): the authority to do so is seen, never copied."""

    SELF = "", _("Henkilö itse")
    GUARDIAN = "guardian", _("Huoltaja")
    TRUSTEE = "trustee", _("Edunvalvoja")
    PROXY = "proxy", _("Valtuutettu")
    ESTATE = "estate", _("Kuolinpesä")


class Authority(models.TextChoices):
    """Whether the authority to act for the person was shown (valtuus)."""

    UNSEEN = "", _("Tarkistamatta")
    SEEN = "seen", _("Nähty")
    MISSING = "missing", _("Ei ole")


class Known(models.TextChoices):
    """Whether the person is in the register (haun tulos)."""

    UNSEARCHED = "", _("Etsimättä")
    FOUND = "found", _("Rekisterissä")
    NONE = "none", _("Ei tietoja")


class Level(models.IntegerChoices):
    """Level of identity proof (tunnistamisen taso, 6.2)."""

    T0 = 0, _("T0: tuttu osoite, ei epäilystä")
    T1 = 1, _("T1: takaisinsoitto ja kaksi tietoa")
    T2 = 2, _("T2: kuvallinen todistus nähty")
    T3 = 3, _("T3: T2 ja toinen käsittelijä")


class Method(models.TextChoices):
    """How a requester was identified (tunnistamistapa).

    There is no choice for an identity code, a copy of a document, a selfie with one or a
    signature: none of them proves who asks (6.2), and nothing is stored but the way itself.
    """

    KNOWN_ADDRESS = "known", _("Viesti tuli rekisterissä olevasta osoitteesta tai numerosta")
    CALL_BACK = "call", _("Soitettiin rekisterin numeroon, kaksi tietoa täsmäsi")
    PHOTO_ID = "photo", _("Kuvallinen henkilötodistus nähtiin käynnillä")
    STRONG = "strong", _("Vahva tunnistus postin tai muun palvelun kautta")
    REGISTERED_LETTER = "registered", _("Vastaus annetaan vain henkilölle kirjattuna kirjeenä")


class Outcome(models.TextChoices):
    """What was decided of one right (ratkaisu)."""

    GRANTED = "granted", _("Toteutetaan")
    PARTLY = "partly", _("Toteutetaan osittain")
    REFUSED = "refused", _("Kieltäydytään")
    CLAIM = "claim", _("Ei tietopyyntö: käsitellään vaatimuksena")


class RefusalGround(models.TextChoices):
    """Why a right is not, or not wholly, met (6.4 and 6.6)."""

    NONE = "", _("–")
    UNFOUNDED = "12-5-unfounded", _("Ilmeisen perusteeton (12 artikla 5)")
    EXCESSIVE = "12-5-excessive", _("Kohtuuton, toistuva (12 artikla 5)")
    NATIONAL = "34", _("Tietosuojalaki 34 §")
    OTHERS = "15-4", _("Muiden oikeudet (15 artikla 4)")
    LAW = "17-3-b", _("Lakisääteinen velvoite (17 artikla 3 b)")
    CLAIMS = "17-3-e", _("Oikeudelliset vaateet (17 artikla 3 e)")
    CONTRACT = "contract", _("Sopimus on voimassa")
    ACCURATE = "16", _("Tieto on oikea (16 artikla)")
    NOT_PROVIDED = "20-1", _("Siirto-oikeus ei koske tietoja (20 artikla 1)")
    COMPELLING = "21-1", _("Huomattavan tärkeä ja perusteltu syy (21 artikla 1)")
    NOT_MET = "not-met", _("Oikeuden edellytykset eivät täyty")
    IDENTITY = "12-2", _("Henkilöä ei voida tunnistaa (12 artikla 2)")
    DEAD = "recital-27", _("Henkilö on kuollut: asetus ei koske (johdanto 27)")


class ExtensionGround(models.TextChoices):
    """Why the time is made longer (12 artikla 3)."""

    NONE = "", _("–")
    COMPLEX = "complex", _("Pyyntö on monimutkainen")
    NUMBER = "number", _("Pyyntöjä on useita")


class Target(models.TextChoices):
    """What is said to be wrong (oikaistava tieto)."""

    NAME = "name", _("Nimi")
    IDENTITY = "identity", _("Henkilötunnus tai syntymäaika")
    CONTACT = "contact", _("Puhelin tai sähköposti")
    ADDRESS = "address", _("Osoite")
    HOUSEHOLD = "household", _("Ruokakunta")
    LEDGER = "ledger", _("Kirjanpidon tapahtuma")
    ASSESSMENT = "assessment", _("Arvio tai mielipide")
    OTHER = "other", _("Muu tieto")


class Result(models.TextChoices):
    """What came of a rectification (oikaisun tulos, 6.5)."""

    OPEN = "", _("Ratkaisematta")
    CORRECTED = "corrected", _("Oikaistu")
    COMPLETED = "completed", _("Täydennetty")
    NO_GROUND = "no_ground", _("Ei aihetta")
    STATEMENT = "statement", _("Henkilön lausuma liitetty arvion viereen")


class LetterKind(models.TextChoices):
    """What the requester was told (kirje tai ilmoitus)."""

    RECEIPT = "receipt", _("Vastaanottoilmoitus")
    IDENTITY = "identity", _("Tunnistautumispyyntö")
    REMINDER = "reminder", _("Muistutus tunnistautumisesta")
    NOT_IDENTIFIED = "not_identified", _("Vastaus: ei tunnistettu")
    EXTENSION = "extension", _("Ilmoitus jatkoajasta")
    ANSWER = "answer", _("Vastaus")
    CONFIRMATION = "confirmation", _("Vahvistus kiellosta tai peruutuksesta")
    LIFTING = "lifting", _("Ilmoitus rajoituksen päättämisestä")


class Way(models.TextChoices):
    """How something reached the requester (toimitustapa)."""

    HANDED = "handed", _("Luovutettu paikan päällä, henkilöllisyys todettu")
    REGISTERED = "registered", _("Kirjattu kirje")
    LETTER = "letter", _("Kirje")
    EMAIL = "email", _("Salattu sähköposti")
    PHONE = "phone", _("Puhelimessa, tunnistettu")


ADDRESSED: Final = (Way.REGISTERED, Way.LETTER, Way.EMAIL)
"""Ways that need an address, which must have been confirmed lately (DP-A30)."""


class Receiver(models.TextChoices):
    """To whom an answer was given (saaja)."""

    PERSON = "person", _("Henkilölle itselleen")
    REPRESENTATIVE = "representative", _("Edustajalle")
    AUTHORITY = "authority", _("Tietosuojavaltuutetulle")


class Act(models.TextChoices):
    """A thing done to a request (toimi); the steps of a request are made of these."""

    TAKEN_IN = "taken_in", _("Kirjattu")
    HANDLER = "handler", _("Käsittelijä")
    RECEIPT_MOVED = "receipt", _("Saapumispäivä siirretty")
    MATCHED = "matched", _("Henkilö haettu")
    AUTHORITY = "authority", _("Valtuus tarkistettu")
    ASKED = "asked", _("Tunnistautumista pyydetty")
    REMINDED = "reminded", _("Muistutettu tunnistautumisesta")
    IDENTIFIED = "identified", _("Henkilöllisyys varmistettu")
    LAPSED = "lapsed", _("Rauennut")
    WEIGHED = "weighed", _("Arvio kirjattu")
    EXTENDED = "extended", _("Määräaikaa jatkettu")
    DECIDED = "decided", _("Ratkaistu")
    CORRECTED = "corrected", _("Oikaisu kirjattu")
    ERASURE = "erasure", _("Poistotaulukko laskettu")
    RESTRICTED = "restricted", _("Käsittelyä rajoitettu")
    OBJECTED = "objected", _("Kielto tai peruutus tallennettu")
    COLLECTED = "collected", _("Tietojen kokoaminen aloitettu")
    PACKED = "packed", _("Jäljennöksestä tehty paketti")
    PRINTED = "printed", _("Jäljennös tulostettu")
    FILED = "filed", _("Liite lisätty")
    LETTER = "letter", _("Ilmoitus kirjattu")
    SUBMITTED = "submitted", _("Annettu tarkastettavaksi")
    RETURNED = "returned", _("Palautettu käsittelyyn")
    APPROVED = "approved", _("Hyväksytty")
    DELIVERED = "delivered", _("Toimitettu")
    MISSENT = "missent", _("Lähetetty väärin")
    RECIPIENTS = "recipients", _("Vastaanottajille ilmoitettu")
    CLOSED = "closed", _("Suljettu")
    WITHDRAWN = "withdrawn", _("Pyytäjä perui")
    COMPLAINED = "complained", _("Valitus tietosuojavaltuutetulle")
    RESOLVED = "resolved", _("Valitus ratkaistu")
