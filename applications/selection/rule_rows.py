"""The numbers of resident selection, as dated rows (resident-selection specification, section 14).

Evidence: what is guidance of the authority or practice of companies stands as K, what the company
chooses as C. Wealth limits are the municipality's and have tables of their own, without a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.text import capfirst

from applications.intake.codes import IncomeKind, Situation
from applications.intake.rule_rows import PARTY_AGE
from vuokra.policy.text import Bilingual
from vuokra.rules.registry import (
    BEGIN,
    DAYS,
    EUROS,
    MONTHS,
    NO_UNIT,
    YEARS,
    Kind,
    Seed,
    Spec,
    name_room,
    register,
)

LIMIT_EXISTS: Final = "income_limit.exists"
FIRST_ADULT: Final = "income_limit.first_adult"
EXTRA_ADULT: Final = "income_limit.extra_adult"
FIRST_CHILD: Final = "income_limit.first_child"
NEXT_CHILD: Final = "income_limit.next_child"
SPECIAL_GROUP: Final = "income_limit.applies_special_group"
UNBORN: Final = "income_limit.unborn_child"
ADULT_AGE: Final = "income_limit.adult_age"
LOOKBACK: Final = "wealth.disposal_lookback_months"
PERMIT_MONTHS: Final = "permit.min_months"
STUDY_EXEMPT: Final = "permit.study_exempt"
VERY_PER_ROOM: Final = "crowding.very.persons_per_room_gt"
VERY_AREA: Final = "crowding.very.m2_per_person_lte"
PER_ROOM: Final = "crowding.persons_per_room_gt"
PERMIT_YEARS: Final = "exemption.permit_max_years"
EXTENSION_SHARE: Final = "exemption.extension_share_max"
EXTERNAL_REASON: Final = "exemption.exchange_requires_external_reason"
LOCAL_FIRST: Final = "selection.local_resident_tiebreak"
ORDER: Final = "selection.order"
SECOND_PERSON: Final = "selection.second_person"
ANSWER_DAYS: Final = "selection.answer_days"

DEVIATIONS: Final = "deviations"
ALWAYS: Final = "always"

INCOME_FIRST: Final = "income_wealth"
WEALTH_FIRST: Final = "wealth_income"

LARGEST: Final = 5
"""The guide of sizes names households up to so many persons; the last row holds for larger ones."""

DECREE: Final = "VNa 166/2008"
LIMITED: Final = date(2025, 1, 1)
"""The income limit of decree 172/2024 in force."""

UNLIMITED: Final = date(2018, 3, 1)
"""Decree 126/2018 in force: no income limit anywhere."""

ALIENS: Final = date(2024, 5, 13)
"""Acts 234/2024 and 236/2024 in force."""

ANY: Final = date(2008, 4, 1)
"""Decree 166/2008 in force."""

ROOMS: Final[Mapping[str, Bilingual]] = {
    "income_limit": Bilingual("Enimmäistulorajat", "Income limits"),
    "income": Bilingual("Tulot", "Income"),
    "wealth": Bilingual("Varallisuus", "Wealth"),
    "permit": Bilingual("Oleskeluluvat", "Residence permits"),
    "urgency": Bilingual("Kiireellisyysluokat", "Urgency classes"),
    "crowding": Bilingual("Asumisahtaus", "Cramped living"),
    "dwelling_size": Bilingual("Asunnon koko", "Size of the flat"),
    "exemption": Bilingual("Poikkeamiset", "Exceptions"),
    "selection": Bilingual("Etusijajärjestys", "Order of priority"),
}

LIMIT: Final = Bilingual("Ruokakunnan enimmäistuloraja", "The income limit of a household")
COUNTED: Final = Bilingual("Ruokakunnan tulot", "The income of a household")
NET: Final = Bilingual("Ruokakunnan varallisuus", "The wealth of a household")
STAY: Final = Bilingual("Oleskelun peruste", "The right to live in Finland")
URGENCY: Final = Bilingual("Asunnontarpeen kiireellisyys", "The urgency of a need")
SIZE: Final = Bilingual("Ruokakunnalle kohtuullinen koko", "The reasonable size for a household")
EXCEPT: Final = Bilingual("Poikkeamisen edellytykset", "The conditions of an exception")
RANK: Final = Bilingual("Hakijoiden järjestys", "The order of applicants")
APPROVED: Final = Bilingual("Valinnan hyväksyminen", "The approval of a choice")
OFFERED: Final = Bilingual("Tarjouksen vastauspäivän ehdotus", "The last day that is proposed")

EXCLUDED: Final = frozenset(
    {
        IncomeKind.HOUSING_ALLOWANCE,
        IncomeKind.CHILD_BENEFIT,
        IncomeKind.MAINTENANCE,
        IncomeKind.SOCIAL_ASSISTANCE,
        IncomeKind.OTHER_EXEMPT,
    }
)
"""Income that the decree leaves out (VNa 166/2008 4 §, 938/2014 15 §)."""

UNDECIDED: Final = frozenset({IncomeKind.STUDY_GRANT})
"""Income on which statute and practice disagree: the company asks the municipality first."""

INCOMES: Final[Mapping[IncomeKind, Bilingual]] = {
    IncomeKind.WAGE: Bilingual("palkka", "wages"),
    IncomeKind.BUSINESS: Bilingual("yritystulo", "business income"),
    IncomeKind.PENSION: Bilingual("eläke", "pension"),
    IncomeKind.UNEMPLOYMENT: Bilingual("työttömyysetuus", "unemployment benefit"),
    IncomeKind.PARENTAL: Bilingual("vanhempainpäiväraha", "parental allowance"),
    IncomeKind.DAILY: Bilingual("muu päiväraha", "other daily allowance"),
    IncomeKind.CAPITAL: Bilingual("pääomatulo", "capital income"),
    IncomeKind.FOREIGN: Bilingual("tulo ulkomailta", "income from abroad"),
    IncomeKind.OTHER: Bilingual("muu säännöllinen tulo", "other regular income"),
    IncomeKind.STUDY_GRANT: Bilingual("opintoraha", "study grant"),
    IncomeKind.HOUSING_ALLOWANCE: Bilingual("asumistuki", "housing allowance"),
    IncomeKind.CHILD_BENEFIT: Bilingual("lapsilisä", "child benefit"),
    IncomeKind.MAINTENANCE: Bilingual("elatusapu ja elatustuki", "child maintenance"),
    IncomeKind.SOCIAL_ASSISTANCE: Bilingual("toimeentulotuki", "social assistance"),
    IncomeKind.OTHER_EXEMPT: Bilingual("muu etuoikeutettu tulo", "other privileged income"),
}

CLASSES: Final[Mapping[str, Bilingual]] = {
    "1": Bilingual("erittäin kiireellinen", "most urgent"),
    "2": Bilingual("kiireellinen", "urgent"),
    "3": Bilingual("muu tarve", "other need"),
}

URGENCIES: Final = tuple(int(one) for one in CLASSES)
"""The classes as numbers, the most urgent first."""

SIZES: Final[Mapping[int, tuple[int, int]]] = {
    1: (1, 2),
    2: (1, 3),
    3: (2, 3),
    4: (3, 4),
    5: (4, 20),
}
"""Rooms from and to, for so many persons (table 5.3); five or more persons have no upper end."""

ORDERS: Final[Mapping[str, Bilingual]] = {
    INCOME_FIRST: Bilingual("tarve, tulot, varallisuus", "need, income, wealth"),
    WEALTH_FIRST: Bilingual("tarve, varallisuus, tulot", "need, wealth, income"),
}


APPROVALS: Final[Mapping[str, Bilingual]] = {
    DEVIATIONS: Bilingual("poikkeamiset", "exceptions"),
    ALWAYS: Bilingual("kaikki valinnat", "every choice"),
}


NOT_JUDGING: Final = (ORDER, LOCAL_FIRST, SECOND_PERSON, ANSWER_DAYS)
"""Rules of the choice itself: nothing is worked out of an application by them."""


def judges(key: str) -> bool:
    """Whether what an application comes to is worked out by a rule: the age of a party, and those
    of this room but for the exceptions and the choice itself."""
    room = key.split(".")[0]
    of_room = room in ROOMS and room != "exemption"
    return key == PARTY_AGE or (of_room and key not in NOT_JUDGING)


def counted_key(kind: str) -> str:
    """The rule that says whether a kind of income is counted."""
    return f"income.counted.{kind}"


def class_words(urgency: int | None) -> str:
    """What an urgency class is called; empty where no need is recorded."""
    return "" if urgency is None else capfirst(str(CLASSES[str(urgency)]))


def urgency_key(situation: str) -> str:
    """The rule that says which urgency class a situation means."""
    return f"urgency.{situation}"


def size_keys(persons: int) -> tuple[str, str]:
    """The rules of the fewest and the most rooms for so many persons. Raises ValueError below 1."""
    if persons < 1:
        raise ValueError("a household has somebody")
    row = min(persons, LARGEST)
    return f"dwelling_size.min.{row}", f"dwelling_size.max.{row}"


def _euros(key: str, title: Bilingual, value: str) -> Spec:
    return Spec(
        key=key,
        title=title,
        kind=Kind.DECIMAL,
        unit=EUROS,
        note=LIMIT,
        minimum=0,
        maximum=100_000,
        seeds=[
            Seed(LIMITED, Decimal(value), source=f"{DECREE} 4 § 3 mom. (172/2024)", evidence="V")
        ],
    )


def _yes_or_no(key: str, title: Bilingual, note: Bilingual, *seeds: Seed) -> Spec:
    return Spec(key=key, title=title, kind=Kind.BOOLEAN, note=note, seeds=seeds)


def _number(
    key: str, title: Bilingual, note: Bilingual, unit: Bilingual, *seeds: Seed, maximum: int = 100
) -> Spec:
    return Spec(
        key=key, title=title, kind=Kind.INTEGER, unit=unit, note=note, minimum=1, maximum=maximum,
        seeds=seeds,
    )  # fmt: skip


def _limits() -> list[Spec]:
    """What the income limit is made of."""
    law = f"{DECREE} 4 §"
    return [
        _yes_or_no(
            LIMIT_EXISTS, Bilingual("onko enimmäistuloraja voimassa", "is there an income limit"),
            LIMIT,
            Seed(UNLIMITED, False, source="VNa 126/2018", evidence="V"),
            Seed(LIMITED, True, source="VNa 172/2024", evidence="V"),
        ),
        _euros(FIRST_ADULT, Bilingual("ensimmäinen aikuinen, kuukaudessa",
                                      "first adult, a month"), "3540.00"),
        _euros(EXTRA_ADULT, Bilingual("muu aikuinen, kuukaudessa",
                                      "other adult, a month"), "2480.00"),
        _euros(FIRST_CHILD, Bilingual("ensimmäinen lapsi, kuukaudessa",
                                      "first child, a month"), "650.00"),
        _euros(NEXT_CHILD, Bilingual("seuraava lapsi, kuukaudessa",
                                     "next child, a month"), "600.00"),
        _yes_or_no(
            SPECIAL_GROUP,
            Bilingual("koskeeko tuloraja erityisryhmien asuntoja",
                      "does the limit hold for flats of special groups"),
            LIMIT, Seed(LIMITED, False, source=f"{law} 3 mom. (172/2024)", evidence="V"),
        ),
        _yes_or_no(
            UNBORN,
            Bilingual("lasketaanko syntyvä lapsi tulorajaan, kun on todistus",
                      "is an unborn child counted in the limit, with a certificate"),
            LIMIT, Seed(LIMITED, True, source="Yhtiön käytäntö, vahvistettava"),
        ),
        _number(
            ADULT_AGE, Bilingual("aikuisen ikä", "age of an adult"), LIMIT, YEARS,
            Seed(ANY, 18, source=f"{law} 3 mom.", evidence="V"),
        ),
    ]  # fmt: skip


def _income() -> list[Spec]:
    """Which kinds of income are counted."""
    return [
        _yes_or_no(
            counted_key(kind.value),
            Bilingual(f"lasketaanko tuloksi: {name.fi}", f"is it counted as income: {name.en}"),
            COUNTED,
            *(
                []
                if kind in UNDECIDED
                else [Seed(ANY, kind not in EXCLUDED, source=f"{DECREE} 4 § 1 mom.; 938/2014 15 §",
                           evidence="V")]
            ),
        )
        for kind, name in INCOMES.items()
    ]  # fmt: skip


def _need() -> list[Spec]:
    """Urgency, cramped living and sizes."""
    guide = "ARA: asunnontarpeen kiireellisyys"
    classes = [
        Spec(
            key=urgency_key(situation.value),
            title=Bilingual(f"kiireellisyysluokka: {situation.value}",
                            f"urgency class: {situation.value}"),
            kind=Kind.CHOICE, note=URGENCY, choices=CLASSES,
            seeds=[Seed(ANY, _class_of(situation), source=guide, evidence="K")],
        )
        for situation in Situation
    ]  # fmt: skip
    crowding = [
        Spec(
            key=key, title=title, kind=Kind.DECIMAL, unit=unit, note=URGENCY, minimum=0,
            maximum=100,
            seeds=[Seed(ANY, Decimal(value), source=guide, evidence="K")],
        )
        for key, title, unit, value in (
            (VERY_PER_ROOM, Bilingual("hyvin ahdas, kun henkilöitä huonetta kohti on yli",
                                      "very cramped when persons per room are over"), NO_UNIT, "3"),
            (VERY_AREA, Bilingual("hyvin ahdas, kun neliöitä henkilöä kohti on enintään",
                                  "very cramped when m² per person are at most"),
             Bilingual("m²", "m²"), "10.00"),
            (PER_ROOM, Bilingual("ahdas, kun henkilöitä huonetta kohti on yli",
                                 "cramped when persons per room are over"), NO_UNIT, "1"),
        )
    ]  # fmt: skip
    sizes = [
        _number(key, Bilingual(f"huoneita {word_fi}, {persons} henkilöä",
                               f"rooms {word_en}, {persons} persons"),
                SIZE, NO_UNIT, Seed(ANY, rooms, source="Yhtiön ohje, vahvistettava"), maximum=20)
        for persons, ends in SIZES.items()
        for key, rooms, word_fi, word_en in zip(
            size_keys(persons), ends, ("vähintään", "enintään"), ("at least", "at most"),
            strict=True,
        )
    ]  # fmt: skip
    return [*classes, *crowding, *sizes]


def _class_of(situation: Situation) -> str:
    """The class of the authority's guidance: the letter of the code (table 5.1)."""
    return {"A": "1", "B": "2", "C": "3"}[situation.value[0]]


def _stay_and_wealth() -> list[Spec]:
    """Residence permits and wealth given up."""
    aliens = "Aravarajoituslaki 4 § 3 mom. (236/2024)"
    return [
        _number(
            PERMIT_MONTHS, Bilingual("oleskeluluvan vähimmäiskesto", "shortest residence permit"),
            STAY, MONTHS, Seed(ALIENS, 12, source=aliens, evidence="V"),
        ),
        _yes_or_no(
            STUDY_EXEMPT,
            Bilingual("kelpaako opiskelijan lupa kestosta riippumatta",
                      "is a permit for studies enough whatever its length"),
            STAY, Seed(ALIENS, True, source=aliens, evidence="V"),
        ),
        _number(
            LOOKBACK,
            Bilingual("kuinka pitkältä ajalta luovutettu varallisuus lasketaan",
                      "how far back wealth given up is counted"),
            NET, MONTHS, Seed(ANY, 12, source="Yhtiöiden käytäntö", evidence="K"),
        ),
    ]  # fmt: skip


def _exceptions() -> list[Spec]:
    """Exemption permits and choosing by an exception."""
    return [
        _number(
            PERMIT_YEARS,
            Bilingual("tilapäisen poikkeusluvan enimmäisaika", "longest temporary exemption"),
            EXCEPT, YEARS,
            Seed(ANY, 2, source=f"{DECREE} 7 §", evidence="V", valid_until=date(2024, 12, 31)),
            Seed(LIMITED, 4, source=f"{DECREE} 7 § (172/2024)", evidence="V"),
            maximum=10,
        ),
        Spec(
            key=EXTENSION_SHARE,
            title=Bilingual("aravan jatkorajoituksen poikkeusten enimmäisosuus talon asunnoista",
                            "largest share of a building let by exception in the extension"),
            kind=Kind.DECIMAL, note=EXCEPT, minimum=0, maximum=1,
            seeds=[Seed(ANY, Decimal("0.15"), source=f"{DECREE} 6 § 1 mom. 5 kohta", evidence="V")],
        ),
        _yes_or_no(
            EXTERNAL_REASON,
            Bilingual("vaatiiko tulorajan ohittaminen vaihdossa syyn, joka ei riipu asukkaasta",
                      "does waiving the income limit in a change of flats need a reason not "
                      "depending on the tenant"),
            EXCEPT, Seed(ANY, False, source=f"{DECREE} 6 § 1 mom.", evidence="K"),
            Seed(LIMITED, True, source=f"{DECREE} 6 § 2 mom. (172/2024)", evidence="V"),
        ),
    ]  # fmt: skip


def _choosing() -> list[Spec]:
    """The order of the comparison, approving a choice and answering an offer."""
    return [
        _yes_or_no(
            LOCAL_FIRST,
            Bilingual("onko kunnan asukas edellä muuten samassa asemassa olevista",
                      "does a resident of the municipality go first between equals"),
            RANK, Seed(BEGIN, False, source="Aravarajoituslaki 4 b § 3 mom., yhtiön valinta"),
        ),
        Spec(
            key=ORDER,
            title=Bilingual("vertailun järjestys", "order of the comparison"),
            kind=Kind.CHOICE, note=RANK, choices=ORDERS,
            seeds=[Seed(BEGIN, INCOME_FIRST, source=f"{DECREE} 5 §, yhtiön valinta")],
        ),
        Spec(
            key=SECOND_PERSON,
            title=Bilingual("mitkä valinnat toinen henkilö hyväksyy",
                            "which choices a second person approves"),
            kind=Kind.CHOICE, note=APPROVED, choices=APPROVALS,
            seeds=[Seed(BEGIN, DEVIATIONS, source="Yhtiön valinta")],
        ),
        _number(
            ANSWER_DAYS,
            Bilingual("asuntotarjouksen vastausaika", "time to answer an offer"),
            OFFERED, DAYS, Seed(BEGIN, 7, source="Yhtiön valinta"), maximum=60,
        ),
    ]  # fmt: skip


def register_rules() -> None:
    """Register the rules of the room; called from AppConfig.ready."""
    for code, title in ROOMS.items():
        name_room(code, title)
    for one in (
        *_limits(),
        *_income(),
        *_need(),
        *_stay_and_wealth(),
        *_exceptions(),
        *_choosing(),
    ):
        register(one)
