"""Retention codes (säilytysajat): from what a time runs and what happens at its end.

Source: data-protection specification, sections 3.3 and 5.3. The lengths are dated rules that the
company approves, never numbers in code; `chosen` tells those that the law leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass

from vuokra.policy.text import Bilingual


@dataclass(frozen=True, slots=True)
class Retention:
    """One retention code. `formula` reads with the length of the rule of the same code as L."""

    code: str
    title: Bilingual
    formula: Bilingual
    chosen: bool


def _code(
    code: str, fi: str, en: str, formula_fi: str, formula_en: str, evidence: str
) -> Retention:
    return Retention(code, Bilingual(fi, en), Bilingual(formula_fi, formula_en), evidence == "C")


_ROWS = [
    _code("R1", "hakemuksen voimassaolo", "validity of an application",
          "jättämisestä tai viimeisestä uusimisesta + L, sitten vanhentunut",
          "submission or last confirmation + L, then expired", "V"),
    _code("R2", "hylätty tai rauennut hakemus", "unsuccessful application",
          "hakemuksen voimassaolon päättyminen (R1) tai viimeinen valintapäätös, jossa hakemusta "
          "verrattiin, myöhempi + L; henkilöt poistetaan",
          "later of the end of its validity (R1) and the last decision in which it was compared, "
          "+ L; persons are deleted", "C"),
    _code("R3", "hylätyn hakemuksen liitteet", "enclosures of an unsuccessful application",
          "hakemuksen voimassaolon päättyminen (R1) + L, ellei valitus tai valvonta-asia ole "
          "vireillä; poistetaan",
          "end of the application's validity (R1) + L unless a complaint or supervision is open; "
          "files are deleted", "C"),
    _code("R4", "hyväksytyn hakemuksen liitteet", "enclosures of a successful application",
          "valintapäätös + L; tulo- ja varallisuustiedostot poistetaan",
          "selection decision + L; income and asset files are deleted", "C"),
    _code("R5", "luottotietojen tarkistuksen tulos", "result of a credit check",
          "tulos kuten hakemus (R2) tai vuokrasuhteen asiakirjat (R6); raporttia ei säilytetä",
          "the result as the application (R2) or the lease file (R6); the report is not kept",
          "C"),
    _code("R6", "vuokrasuhteen asiakirjat", "lease file",
          "vuokrasuhteen päättyminen + L tai viimeisen reskontratapahtuman tilikauden "
          "päättymisvuoden loppu + kirjanpidon tositteiden aika (R7), myöhempi; poistetaan",
          "end of the tenancy + L, or the end of the year in which the financial year of the last "
          "ledger event ended + the time of vouchers (R7), the later; deleted", "C"),
    _code("R7", "kirjanpito", "bookkeeping",
          "tositteet tilikauden päättymisvuoden lopusta + L, kirjat tilikauden päättymisestä + L",
          "vouchers from the end of the year in which the financial year ended + L, books from "
          "the end of the financial year + L", "V"),
    _code("R8", "avoin saatava", "open receivable",
          "kunnes maksettu, luovuttu tai vanhentunut; sitten kuten kirjanpito (R7)",
          "until paid, waived or barred; then as bookkeeping (R7)", "K"),
    _code("R9", "viestit", "messages",
          "vuokrasuhteen päättyminen + L, ilman vuokrasuhdetta kuten hakemus (R2); poistetaan",
          "end of the tenancy + L, without one as an application (R2); deleted", "C"),
    _code("R10", "asumisen tuki", "support data",
          "tarkistus asiakirjan päiväyksestä L välein; viimeistään L vuokrasuhteen tai tarpeen "
          "päättymisestä; poistetaan",
          "review every L from the date of the document; at the latest L after the tenancy or "
          "the purpose ended; deleted", "C"),
    _code("R11", "lupien ja kieltojen näyttö", "evidence of permissions and prohibitions",
          "luvan päättyminen + L; kielto jää, kunnes yhteystietoja ei ole, sitten vain tiiviste",
          "end of the permission + L; a prohibition stays while there are contact data, then a "
          "keyed hash only", "C"),
    _code("R12", "turvakielto", "turvakielto",
          "merkintä, kunnes henkilön viimeinen osoite on poistettu; sen aikaiset osoitteet pysyvät "
          "peitettyinä",
          "the flag until the person's last address is deleted; addresses of its time stay masked",
          "C"),
    _code("R13", "käyttöloki", "access log", "tapahtuma + L; poisto kuukausi kerrallaan",
          "event + L; dropped month by month", "C"),
    _code("R14", "pyyntöjen asiakirjat", "request files",
          "pyynnön päättyminen + L; henkilöllisyystodistusta ei säilytetä",
          "request closed + L; evidence of identity is not kept", "C"),
    _code("R15", "tietoturvaloukkaukset", "breach files", "loukkausasian päättyminen + L",
          "breach closed + L", "C"),
    _code("R16", "kampanjat ja kyselyt", "campaigns and surveys",
          "kampanja + L; tehdään nimettömäksi", "campaign + L; anonymised", "C"),
    _code("R17", "oleskelulupa", "residence permit",
          "vuokrasopimuksen allekirjoitus tai hakemuksen päättyminen: päivät kuten hakemus (R2) "
          "tai sen liitteet (R4), kopiota ei säilytetä",
          "lease signed or application closed: dates as the application (R2) or its enclosures "
          "(R4), copies are never kept", "C"),
    _code("R18", "muut asukkaat", "residents who are no party",
          "muutto pois + L yhteystiedoille; nimi kuten vuokrasuhteen asiakirjat (R6)",
          "moving out + L for contact data; the name as the lease file (R6)", "C"),
    _code("R19", "varmuuskopiot", "backups", "kopion ottaminen + L", "backup taken + L", "C"),
    _code("R-TILI", "palautuksen pankkitili", "bank account for a refund",
          "loppuselvitys + L; tosite kuten kirjanpito (R7)",
          "final settlement + L; the voucher as bookkeeping (R7)", "C"),
    _code("R-KÄ", "käyttäjätunnukset", "user accounts",
          "palvelussuhteen päättyminen + L tunnuksen ja nimen vastaavuudelle",
          "end of employment + L for which account was whose", "C"),
]  # fmt: skip

RETENTION: dict[str, Retention] = {row.code: row for row in _ROWS}
"""By code. R-TILI and R-KÄ are stated in the document (S5-34, SY-01) without a code."""
