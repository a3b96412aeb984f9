"""The demo site of the journeys, over HTTP and in a browser."""

from __future__ import annotations

import urllib.request

import pytest


def test_site_is_ready(site):
    with urllib.request.urlopen(f"{site.base_url}/readyz", timeout=20) as answer:
        assert answer.status == 200


@pytest.mark.browser
def test_sign_in_page_opens_in_a_browser(site, page):
    answer = page.goto(site.base_url)
    assert answer is not None
    assert answer.status == 200
    assert page.locator("input[type=password]").count() == 1
