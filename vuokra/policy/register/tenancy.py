"""Section 5, tenancy (vuokrasuhteeseen liittyvät tiedot): S5-27 … S5-35."""

from __future__ import annotations

from vuokra.policy.groups import Group
from vuokra.policy.register.model import EVERYBODY, RegisterItem, column

ITEMS: list[RegisterItem] = [
    column(
        "S5-27", "VS-SOP", "vuokrasopimustiedot (osapuolet, huoneisto, kesto, vuokra, ehdot, "
        "liitteet)", "lease (parties, flat, duration, rent, terms, enclosures)", "B",
        group=Group.LEASE, also=[Group.MAINTENANCE], purposes="P3", subjects="VU KV AS",
        seen="SOP TAL PER HUO", retention="R6", sources="SOP", built=True,
        note="HUO sees flat and dates on a work order.",
    ),
    column(
        "S5-28", "VS-MAKSU", "vuokran maksamiseen liittyvät tiedot (viite, maksut, avoimet erät, "
        "maksusuunnitelma, maksaja)", "rent payments (reference, payments, open items, plan, "
        "payer)", "B D",
        group=Group.LEDGER, purposes="P4", subjects="VU KV MS", seen="TAL PER SOP",
        retention="R7 R8", sources="TAPAHT",
        note="A payer who is social welfare is class D by inference: the payer's name is hidden "
        "from SOP, who sees the balance.",
    ),
    column(
        "S5-29", "VS-VAKUUS", "vuokravakuustiedot (summa, muoto, saanti, käyttö, palautus)",
        "deposit (sum, form, receipt, use, return)", "B",
        group=Group.LEASE, purposes="P3", subjects="VU MS", seen="SOP TAL", retention="R6 R7",
        sources="SOP TAPAHT MUU", built=True,
    ),
    column(
        "S5-30", "VS-VIESTI", "asiakkuuteen liittyvät viestit", "messages", "B D",
        group=Group.COMMUNICATION, purposes="P3 P11", subjects=EVERYBODY, seen="SOP",
        retention="R9", sources="ASIAKAS TAPAHT",
        note="A message marked as sensitive is class D. Other roles by thread.",
    ),
    column(
        "S5-31", "VS-YHTEYS", "muu yhteydenpito (puhelu- ja käyntimerkinnät)",
        "other contacts (notes of calls and visits)", "B D",
        group=Group.COMMUNICATION, also=[Group.WORK], purposes="P3", subjects=EVERYBODY,
        seen="SOP ASN", retention="R9", sources="TAPAHT", built=True,
        note="A note marked as sensitive is class D. A reminder in the work queue (muistutus) is "
        "seen by whom it is for.",
    ),
    column(
        "S5-32", "VS-TOIMI", "toimenpiteet (huomautus, varoitus, häiriöilmoitus, tarkastus, "
        "huoltokäynti)", "measures (reminder, warning, complaint, inspection, repair visit)",
        "B C",
        group=Group.LEASE, also=[Group.MAINTENANCE], purposes="P3 P6 P7", subjects="VU KV AS",
        seen="SOP JOH HUO", retention="R6 R9", sources="TAPAHT MUU", built=True,
        note="Who reported is kept apart in class C; a police matter falls under article 10. "
        "HUO sees own orders.",
    ),
    column(
        "S5-33", "VS-PÄÄT", "vuokrasuhteen päättäminen (irtisanominen, purku, muuttopäivä, "
        "loppulasku, häätö)", "end of a tenancy (notice, cancellation, moving day, final bill, "
        "eviction)", "B",
        group=Group.LEASE, purposes="P7", subjects="VU KV", seen="SOP TAL PER",
        retention="R6 R8", sources="ASIAKAS MUU", built=True,
    ),
    column(
        "S5-34", "VS-TILI-IRT", "pankkitilitiedot vuokrasuhteen irtisanomiseen liittyen",
        "bank account for the end of a tenancy", "C",
        group=Group.BANK, purposes="P4 P7", subjects="VU", seen="TAL SOP",
        retention="R-TILI R7", sources="ASIAKAS",
    ),
    column(
        "S5-35", "VS-TILI-VAK", "pankkitilitiedot vakuuden palautukseen liittyen",
        "bank account for the return of a deposit", "C",
        group=Group.BANK, purposes="P3", subjects="VU MS", seen="TAL SOP",
        retention="R-TILI R7", sources="ASIAKAS", built=True,
    ),
]  # fmt: skip
