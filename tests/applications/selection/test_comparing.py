"""What is compared side by side on the page of a selection, where `t` leads, what an empty list
leads to."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from applications.selection.models import Round
from applications.selection.rule_rows import INCOME_FIRST, WEALTH_FIRST
from applications.selection.rules.ranking import Factor, Policy
from tests.applications.selection.conftest import flat, make_user, site, stair, system_access
from tests.applications.selection.rounds import applicants
from tests.applications.selection.test_pages import page, posted, round_, three, val
from tests.people import sign_in
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "round_", "site", "stair", "val"]


def test_two_are_compared_side_by_side_with_what_decides(val: Client, round_: Round) -> None:
    poor, rich, _over = three()
    here = f"/valinta/{round_.pk}/?vertaa={poor.number}&vertaa={rich.number}"
    found = page(val, here)
    assert "Ensimmäisten ero ratkeaa kohdassa: tulot" in found
    met = re.search(r'<th scope="row">Valintaperusteet täyttyvät</th>(.*?)</tr>', found, re.S)
    assert met and met.group(1).count("Täyttyvät") == 2
    one = page(val, f"/valinta/{round_.pk}/?vertaa={poor.number}")
    assert "Valitse kaksi tai kolme hakijaa vertailuun." in one
    assert f'value="{poor.number}" data-choose checked' in found
    assert f'value="{_over.number}" data-choose checked' not in found


def _heads(found: str) -> list[str]:
    """The heads of the compared rows, in their order."""
    beside = found.split('id="vertailu"')[1].split("</table>")[0]
    return re.findall(r'<th scope="row">(.*?)</th>', beside)


@pytest.mark.parametrize("first", [INCOME_FIRST, WEALTH_FIRST])
def test_the_rows_stand_as_they_decide_and_the_caption_calls_them_by_the_same_words(
    val: Client, round_: Round, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = Policy(first)
    monkeypatch.setattr("applications.selection.queries.bounds.policy", lambda _day: policy)
    poor, rich, _over = three()
    found = page(val, f"/valinta/{round_.pk}/?vertaa={poor.number}&vertaa={rich.number}")
    heads = _heads(found)
    assert heads[: len(policy.factors)] == [str(one.label) for one in policy.factors]
    assert str(Factor.LOCAL.label) in heads, "it is told also where it decides nothing"
    (tinted,) = re.findall(r'<tr class="selected"><th scope="row">(.*?)</th>', found)
    caption = re.search(r"<caption>(.*?)</caption>", found, re.S)
    assert caption and caption.group(1) == f"Ensimmäisten ero ratkeaa kohdassa: {tinted.lower()}"


def test_comparing_nobody_says_how(val: Client, round_: Round) -> None:
    three()
    here = f"/valinta/{round_.pk}/"
    assert "Valitse kaksi tai kolme hakijaa vertailuun." not in page(val, here)
    button = re.search(r"<button[^>]*data-compare[^>]*>", page(val, here))
    name, value = re.findall(r'(?:name|value)="(\w+)"', button.group()) if button else ("", "")
    found = page(val, f"{here}?{name}={value}")  # as the browser sends the form with no box ticked
    assert "Valitse kaksi tai kolme hakijaa vertailuun." in found


def test_more_than_three_are_not_compared_and_odd_numbers_are_nobody(
    val: Client, round_: Round
) -> None:
    with system_access():
        four = applicants("1000", "2000", "3000", "4000")
    here = f"/valinta/{round_.pk}/?" + "&".join(f"vertaa={one.number}" for one in four)
    assert "Näytetään kolme ensimmäistä." in page(val, here)
    odd = page(val, f"/valinta/{round_.pk}/?vertaa=%00&vertaa=H-1999-0001&sivu=%00")
    assert "Valitse kaksi tai kolme hakijaa vertailuun." in odd


def _told_by_t(found: str) -> str:
    """What the line of keys says that `t` does; empty where it does nothing."""
    told = re.search(r'data-keys="t" data-action="pick"><kbd>T</kbd> (.*?)</span>', found)
    return told.group(1) if told else ""


def _picked(found: str) -> list[str]:
    """Where `t` leads, from the first row of the table on."""
    rows = found.split('<div class="card-foot row">')[0].split("<tbody>")[1]
    return re.findall(r'data-pick href="(.*?)"', rows)


def test_t_offers_the_flat_on_the_row_that_is_chosen_and_chooses_before(
    val: Client, round_: Round
) -> None:
    poor, rich, over = three()
    base = f"/valinta/{round_.pk}/"
    fresh = page(val, base)
    assert _picked(fresh) == [f"{base}{one.number}/valitse/" for one in (poor, rich, over)]
    assert _told_by_t(fresh) == "valitse hakija"
    given = {"out_of_order": "circumstances", "reason": "Asunto on hänelle esteetön."}
    where = posted(val, f"{base}{rich.number}/valitse/", given)
    waits = page(val, base)
    assert not _picked(waits) and not _told_by_t(waits), "another is to approve it"
    assert 'data-keys="t"' not in page(val, where)
    posted(sign_in(Client(), make_user(Role.VAL)), f"{where}hyvaksy/")
    decided = page(val, base)
    assert _picked(decided) == [f"{where}tarjous/"] and _told_by_t(decided) == "tarjoa asunto"
    row = next(one for one in decided.split("<tr ") if f"{where}tarjous/" in one)
    assert rich.number in row and "valitse/" not in decided
    assert f'data-keys="t" data-url="{where}tarjous/"' in page(val, where)


def test_t_offers_the_flat_to_the_chosen_of_another_page(
    val: Client, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("applications.selection.queries.page.PAGE", 2)
    poor, *_rest = three()
    where = posted(val, f"/valinta/{round_.pk}/{poor.number}/valitse/", {"reason": ""})
    found = page(val, f"/valinta/{round_.pk}/?sivu=2")
    assert not _picked(found) and _told_by_t(found) == "tarjoa asunto"
    assert f'data-pick href="{where}tarjous/"' in found, "beside the table"


def test_the_head_tells_the_stage_and_t_is_offered_while_somebody_may_be_chosen(
    val: Client, round_: Round
) -> None:
    poor, *_rest = three()
    base = f"/valinta/{round_.pk}/"
    head = r'<div class="page-title">.*?</div>'
    fresh = page(val, base)
    assert "Valinta kesken" in re.findall(head, fresh, re.S)[0] and _told_by_t(fresh)
    where = posted(val, f"{base}{poor.number}/valitse/", {"reason": ""})
    assert "Tarjottava" in re.findall(head, page(val, base), re.S)[0]
    posted(val, f"{where}tarjous/", {"channel": "phone", "answer_by": "+7"})
    offered = page(val, base)
    assert "vastattava" in re.findall(head, offered, re.S)[0]
    assert not _told_by_t(offered), "nobody is chosen or offered the flat until it is answered"
    posted(val, f"{where}tarjous/hylkasi/", {"answered_on": "+0", "refusal": "rent"})
    over = page(val, base)
    assert "Valinta kesken" in re.findall(head, over, re.S)[0]
    assert "Hakija hylkäsi tarjouksen" in over and "Tarjous: hylätty" in over


def test_an_empty_list_leads_to_what_fills_it(val: Client) -> None:
    free, every = 'href="/valinta/?rajaus=ilman"', 'href="/valinta/"'

    def empty(client: Client, query: str = "") -> str:
        return page(client, f"/valinta/{query}").split('<div class="empty">')[1].split("</div>")[0]

    told = empty(val)
    assert "Asukasvalintoja ei ole kesken" in told and free in told
    part = empty(val, "?rajaus=tarjotut")
    assert "Tässä näkymässä ei ole asukasvalintoja" in part and every in part
    waiting = empty(val, "?rajaus=ilman")
    assert "Valintaa odottavia asuntoja ei ole" in waiting and every in waiting
    reader = sign_in(Client(), make_user(Role.HAK))
    assert "<a" not in empty(reader), "who only reads opens no selection"
    assert every in empty(reader, "?rajaus=tarjotut"), "but sees the others"
