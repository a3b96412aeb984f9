"""Where plaintext must not turn up: logs, dumps, error pages, caches, SQL errors (DP-A41)."""

from __future__ import annotations

import copy
import gc
import io
import json
import logging
import pickle
import pprint
import sys

import pytest
from django.core import serializers
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html
from django.views.debug import get_exception_reporter_class, technical_500_response

from tests.prototype.models import PrototypeNote, PrototypeSecret
from tests.vuokra.crypto.conftest import HETU, OTHER_HETU, reveals, sql
from vuokra.access.context import AccessContext, current
from vuokra.crypto.errors import PlaintextRefused
from vuokra.crypto.values import MASK

NOTE = "Asumisen tuen tarve: kanarialintu"


@pytest.fixture
def fresh(context: AccessContext) -> PrototypeSecret:
    """A row whose hetu was assigned a moment ago and never saved."""
    return PrototypeSecret(person_id=72, hetu=OTHER_HETU)


def assert_hidden(text: object) -> None:
    for canary in (HETU, OTHER_HETU, NOTE, HETU.encode().hex(), OTHER_HETU.encode().hex()):
        assert canary not in str(text)


@pytest.mark.parametrize(
    "show",
    [
        str,
        repr,
        "{}".format,
        "{:>30}".format,
        "{!r:>5}".format,
        lambda v: f"{v}",
        lambda v: f"{v:%Y}",
        lambda v: "%s %r" % (v, v),  # noqa: UP031  (the old form is what logging uses)
        pprint.pformat,
        lambda v: format_html("{}", v),
        lambda v: Template("{{ v }} {{ v.reveal }} {{ v|upper }}").render(Context({"v": v})),
        ascii,
    ],
)
def test_a_masked_value_shows_dots(
    secret: PrototypeSecret, fresh: PrototypeSecret, show: object
) -> None:
    for row in (secret, fresh):
        assert_hidden(show(row.hetu))  # type: ignore[operator]
    assert not reveals(current())


def test_the_mask_tells_nothing_of_the_length(secret: PrototypeSecret) -> None:
    secret.hetu = "1"
    assert str(secret.hetu) == MASK
    assert not set(MASK) & set(HETU)


@pytest.mark.parametrize(
    "dump",
    [
        repr,
        lambda row: repr(PrototypeSecret.objects.all()),
        lambda row: str(list(PrototypeSecret.objects.values())),
        lambda row: pprint.pformat(vars(row)),
        lambda row: str(model_to_dict(row)),
        lambda row: str(row.__dict__) + str(row.hetu_index),
        lambda row: str(copy.deepcopy(row.__dict__)),
        lambda row: str(list(PrototypeSecret.objects.values_list())),
    ],
)
def test_dumps_of_a_row_hold_no_plaintext(
    secret: PrototypeSecret, fresh: PrototypeSecret, dump: object
) -> None:
    for row in (secret, fresh):
        assert_hidden(dump(row))  # type: ignore[operator]


def test_copies_stay_masked(secret: PrototypeSecret) -> None:
    masked = secret.hetu
    assert copy.copy(masked) is copy.deepcopy(masked) is masked


@pytest.mark.parametrize(
    "refused",
    [
        lambda row: pickle.dumps(row.hetu),
        lambda row: pickle.dumps(row),
        lambda row: pickle.dumps(row.__dict__["hetu"]),
        lambda row: pickle.dumps(PrototypeSecret.objects.all()),
        lambda row: json.dumps({"hetu": row.hetu}),
        lambda row: json.dumps({"hetu": row.hetu}, cls=DjangoJSONEncoder),
        lambda row: caches["default"].set("row", row),
        lambda row: caches["default"].set("hetu", row.hetu),
        lambda row: serializers.serialize("json", [row]),
        lambda row: serializers.serialize("xml", [row]),
        lambda row: serializers.serialize("python", [row]),
    ],
)
def test_what_would_carry_a_value_away_is_refused(
    secret: PrototypeSecret, fresh: PrototypeSecret, refused: object
) -> None:
    for row in (secret, fresh):
        with pytest.raises((TypeError, PlaintextRefused)) as caught:
            refused(row)  # type: ignore[operator]
        assert_hidden(caught.value)


def test_dumpdata_gives_no_plaintext(secret: PrototypeSecret) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("dumpdata", "prototype.prototypesecret", stdout=out)
    assert_hidden(str(caught.value) + out.getvalue())
    del caught  # its frames hold a server-side cursor, to be closed while the transaction lasts
    gc.collect()


def test_the_log_gets_no_plaintext(
    secret: PrototypeSecret, fresh: PrototypeSecret, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logger = logging.getLogger("vuokra.test")
    logger.info("row %s %r %s", secret, fresh.hetu, vars(fresh))
    for row in (secret, fresh):
        for failing in (
            lambda row=row: PrototypeSecret(person_id=1, hetu=row.hetu),
            lambda row=row: PrototypeSecret.objects.filter(hetu=row.hetu),
            lambda row=row: pickle.dumps(row),
            lambda row=row: setattr(row, "hetu", row.hetu.reveal().encode()),
            lambda row=row: setattr(row, "hetu", row.hetu.reveal() * 2),
        ):
            try:
                failing()
            except Exception:
                logger.exception("failed with %r", row.hetu)
            else:
                pytest.fail("nothing was refused")
    assert len(caplog.records) >= 11
    assert_hidden(caplog.text)


def test_a_sql_error_names_no_value(
    secret: PrototypeSecret, caplog: pytest.LogCaptureFixture
) -> None:
    twin = PrototypeSecret(person_id=72, hetu=HETU)
    with pytest.raises(DatabaseError) as unique, transaction.atomic():
        twin.save()
    wrong = PrototypeSecret(person_id=None, hetu=OTHER_HETU)
    with pytest.raises(DatabaseError) as null, transaction.atomic():
        wrong.save()
    with pytest.raises(DatabaseError) as syntax, transaction.atomic(), sql() as cursor:
        cursor.execute("SELECT %s::integer", [HETU])
    for error in (unique.value, null.value, syntax.value):
        logging.getLogger("vuokra.test").error("failed", exc_info=error)
        assert_hidden(f"{error!r} {error} {error.__cause__!r} {error.__cause__}")
    assert_hidden(caplog.text)


def _fail(row: PrototypeSecret, note: PrototypeNote) -> None:
    text = note.text.reveal() + row.hetu.reveal()
    raise RuntimeError(f"{len(text)} characters")


@pytest.mark.parametrize("debug", [True, False])
def test_DP_A41_the_error_page_and_error_mail_show_no_data(
    secret: PrototypeSecret, settings: object, debug: bool
) -> None:
    settings.DEBUG = debug  # type: ignore[attr-defined]
    note = PrototypeNote.objects.create(person_id=71, text=NOTE)
    request = RequestFactory().post(
        f"/x?q={HETU}", {"hetu": HETU, "note": NOTE}, headers={"X-Thing": HETU}
    )
    request.COOKIES["thing"] = HETU
    try:
        _fail(secret, note)
    except RuntimeError:
        information = sys.exc_info()
    page = technical_500_response(request, *information).content.decode()
    reporter = get_exception_reporter_class(request)(request, *information, is_email=True)
    for report in (page, reporter.get_traceback_html(), reporter.get_traceback_text()):
        assert "RuntimeError" in report
        assert_hidden(report)


def test_DP_A41_the_text_page_for_scripts_shows_no_data(secret: PrototypeSecret) -> None:
    request: HttpRequest = RequestFactory().post(
        "/x", {"hetu": HETU}, headers={"Accept": "application/json"}
    )
    note = PrototypeNote.objects.create(person_id=71, text=NOTE)
    try:
        _fail(secret, note)
    except RuntimeError:
        response = technical_500_response(request, *sys.exc_info())
    assert response["Content-Type"].startswith("text/plain")
    assert_hidden(response.content.decode())


def test_a_template_dump_holds_no_plaintext(secret: PrototypeSecret, settings: object) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    template = Template("{% load crypto %}{% reveal row.hetu %}|{% debug %}")
    shown, dump = template.render(Context({"row": secret, "hetu": secret.hetu})).split("|", 1)
    assert shown == HETU
    assert "Masked" in dump
    assert_hidden(dump)
    assert len(reveals(current())) == 1


def test_the_tag_escapes(context: AccessContext) -> None:
    row = PrototypeSecret(person_id=1, hetu="<b>&amp;")
    template = Template("{% load crypto %}{% reveal row.hetu %}{% reveal row.none %}")
    row.none = None  # type: ignore[attr-defined]
    assert template.render(Context({"row": row})) == "&lt;b&gt;&amp;amp;"


def test_statements_kept_for_debugging_hold_no_plaintext(
    context: AccessContext, django_assert_num_queries: object, settings: object
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    with django_assert_num_queries(1) as captured:  # type: ignore[operator]
        PrototypeSecret.objects.create(person_id=1, hetu=HETU, plain="seen")
    statements = str(captured.captured_queries)
    assert "seen" in statements
    assert_hidden(statements)
