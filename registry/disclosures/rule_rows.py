"""Numbers of this room, as dated rules of the company."""

from __future__ import annotations

from datetime import date

from vuokra.policy.text import Bilingual
from vuokra.rules.kinds import Kind
from vuokra.rules.registry import DAYS, TIMES, Seed, Spec, name_room, register

APPROVED_PEOPLE = "disclosures.approved_people"
DOWNLOAD_DAYS = "disclosures.download_days"
WARN_DAYS = "disclosures.warn_days"
NOTIFY_DAYS = "disclosures.notify_days"
MUTUAL_TIMES = "disclosures.mutual_times"
MUTUAL_DAYS = "disclosures.mutual_days"
SMALLEST_GROUP = "disclosures.smallest_group"

PERSONS = Bilingual("henkilöä", "persons")
SINCE = date(2018, 5, 25)
"""The day from which the General Data Protection Regulation is applied."""

_EXPORTS = Bilingual("Viennit ja luovutukset", "Exports and disclosures")


def register_rules() -> None:
    """Register every number of the room."""
    name_room("disclosures", Bilingual("Luovutukset", "Disclosures"))
    for key, fi, en, unit, value, source in (
        (APPROVED_PEOPLE, "henkilömäärä, jota suurempi vienti tai luovutus hyväksytään erikseen",
         "people above which an export or disclosure is approved by another", PERSONS, 100,
         "(EU) 2016/679 5 artikla 1 f ja 32 artikla"),
        (DOWNLOAD_DAYS, "hyväksytyn viennin latausaika", "time to take out an approved export",
         DAYS, 2, "(EU) 2016/679 32 artikla"),
        (WARN_DAYS, "muistutus ennen sopimuksen päättymistä",
         "warning before an agreement ends", DAYS, 60, "(EU) 2016/679 28 artikla"),
        (NOTIFY_DAYS, "aika kertoa vastaanottajalle oikaisusta",
         "time to tell a recipient of a correction", DAYS, 7, "(EU) 2016/679 19 artikla"),
        (MUTUAL_TIMES, "keskinäisiä hyväksyntöjä, joista hälytetään",
         "mutual approvals that raise an alert", TIMES, 3, "(EU) 2016/679 32 artikla"),
        (MUTUAL_DAYS, "aika, jolta keskinäiset hyväksynnät lasketaan",
         "time over which mutual approvals are counted", DAYS, 30, "(EU) 2016/679 32 artikla"),
        (SMALLEST_GROUP, "pienin ryhmä, joka näytetään koosteissa",
         "smallest group shown in aggregates", PERSONS, 5, "(EU) 2016/679 5 artikla 1 c"),
    ):  # fmt: skip
        register(
            Spec(
                key=key, title=Bilingual(fi, en), kind=Kind.INTEGER, unit=unit, minimum=1,
                note=_EXPORTS, seeds=[Seed(SINCE, value, source=source, evidence="C")],
            )
        )  # fmt: skip
