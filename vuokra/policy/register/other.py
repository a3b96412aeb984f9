"""Section 5, other data (muut asiakkuuteen liittyvät tiedot): S5-36 … S5-48."""

from __future__ import annotations

from vuokra.policy.basis import Basis
from vuokra.policy.groups import Group
from vuokra.policy.register.model import ADULTS, EVERYBODY, RegisterItem, column

ITEMS: list[RegisterItem] = [
    column(
        "S5-36", "MU-ELÄMÄ", "sosiaalinen asuttaminen: asiakkaan elämäntilanne",
        "social housing: situation in life", "D",
        group=Group.SUPPORT, also=[Group.SELECTION], purposes="P9", subjects="VU HA",
        seen="ASN VAL", retention="R10", sources="ASIAKAS MUU",
        note="ASN for own cases; VAL sees the conclusion only, with the selection.",
    ),
    column(
        "S5-37", "MU-VERKOSTO", "asumiseen liittyvä palveluverkosto",
        "services round the resident", "D",
        group=Group.SUPPORT, purposes="P9", subjects="VU TU", seen="ASN", retention="R10",
        sources="ASIAKAS",
    ),
    column(
        "S5-38", "MU-HAAST", "asumisen tuen haastattelulomakkeet", "interview forms", "D",
        group=Group.SUPPORT, purposes="P9", subjects="VU HA", seen="ASN", retention="R10",
        sources="ASIAKAS", note="Encrypted file.",
    ),
    column(
        "S5-39", "MU-PUOLTO", "tukitahojen puoltolausunnot", "statements of support bodies", "D",
        group=Group.SUPPORT, also=[Group.NEED], purposes="P9 P2", subjects="HA VU",
        seen="ASN VAL", retention="R10 R4", sources="MUU",
        note="Encrypted file. VAL sees one that an applicant enclosed.",
    ),
    column(
        "S5-40", "MU-SUUNN", "tukisuunnitelmat", "support plans", "D",
        group=Group.SUPPORT, purposes="P9", subjects="VU", seen="ASN", retention="R10",
        sources="MUU", note="Encrypted file.",
    ),
    column(
        "S5-41", "MU-TUKIYHT", "tukitahon yhteystiedot", "contact of a support body", "A D",
        group=Group.SUPPORT, purposes="P9", basis=[Basis.INTEREST, Basis.INFORMING],
        subjects="TU", seen="ASN SOP", retention="R10", sources="MUU",
        note="A work contact; its link to a resident is class D. SOP in an emergency.",
    ),
    column(
        "S5-42", "MU-YHTSOP", "yhteistyösopimukset", "cooperation agreements", "D",
        group=Group.SUPPORT, also=[Group.DISCLOSURE], purposes="P9", subjects="VU TU",
        seen="ASN JOH", retention="R10 R7", sources="MUU",
        note="Encrypted file; R7 for a financial contract. JOH sees the agreement between "
        "organisations, kept with the disclosures.",
    ),
    column(
        "S5-43", "MU-MARK", "rekisteröityyn kohdistetut markkinointitoimenpiteet",
        "marketing towards the person", "A",
        group=Group.CONSENT, purposes="P12", subjects="VU HA", seen="MAR REK", retention="R16",
    ),
    column(
        "S5-44", "MU-MARKKÄYTTÖ", "markkinointitoimenpiteiden käyttö (avattu, vastattu)",
        "use of marketing (opened, answered)", "A",
        group=Group.CONSENT, purposes="P12", basis=[Basis.CONSENT], subjects="VU HA",
        seen="MAR REK", retention="R16", note="Not collected by default; MAR sees aggregates.",
    ),
    column(
        "S5-45", "MU-MARKVAST", "markkinoinnin ja kyselyiden yhteydessä annetut tiedot",
        "answers to marketing and surveys", "B D",
        group=Group.CONSENT, purposes="P10 P12", subjects="VU HA", seen="MAR REK",
        retention="R16", sources="ASIAKAS",
        note="Answers may hold class D; surveys are anonymised.",
    ),
    column(
        "S5-46", "MU-LUPA", "suoramarkkinointiluvat", "permissions for direct marketing", "A",
        group=Group.CONSENT, purposes="P12",
        basis=[Basis.CONSENT, Basis.ACCOUNTABILITY, Basis.CONSENT_EVIDENCE], subjects=ADULTS,
        seen="SOP MAR REK", retention="R11", sources="ASIAKAS", built=True,
    ),
    column(
        "S5-47", "MU-KIELTO", "suoramarkkinointikiellot", "prohibitions of direct marketing", "A",
        group=Group.CONSENT, purposes="P10 P12", basis=[Basis.OBJECTION, Basis.LAW],
        subjects=EVERYBODY, seen="SOP MAR REK", retention="R11", sources="ASIAKAS DVV", built=True,
    ),
    column(
        "S5-48", "MU-TURVA", "turvakiellot", "non-disclosure for safety (turvakielto)", "D",
        group=Group.PROTECTION, also=[Group.PERSON], purposes="P3 P15",
        basis=[Basis.LAW, Basis.VITAL, Basis.INTEREST, Basis.SECURITY], subjects=EVERYBODY,
        seen="REK SOP HAK", retention="R12", sources="ASIAKAS DVV", built=True,
        note="Whoever may open the card sees that it is in force, and until when: the mask "
        "says it anyway. Source and household: those who record, renew and end it.",
    ),
]  # fmt: skip
