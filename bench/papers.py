"""In a worker: leases to print, one as PDF, the same text by WeasyPrint, an order of many."""

from __future__ import annotations

import datetime as dt
import html
import io
import time
from random import Random
from typing import Any
from uuid import UUID

from bench.crypto import context, timed

DAY = dt.date(2026, 11, 22)
SITE = 8989  # below those of `choosing`
STYLE = (
    "@page { size: A4; margin: 20mm 22mm } h1 { font-size: 16pt } h2 { font-size: 12.5pt } "
    "body { font-size: 11pt } p { margin: 2pt 0 }"
)


def leases(count: int) -> int:
    """Let so many flats to people who have an identity code, so that printing opens one; how many
    leases."""
    from itertools import islice

    from leases.contracts import demo
    from leases.contracts.models import Party
    from leases.homes.demo import make_site
    from registry.persons.models import Identity, IdentityKind
    from vuokra.access.stated import bulk_write
    from vuokra.demo.registry import Scale

    with context():
        flats = make_site(SITE, "Mittala", "Mittarikatu", count, DAY, Random(1))
        people = islice(demo.adults(DAY), count)
        made = demo.let_many(flats, people, Scale(count, DAY))
        with bulk_write("identity codes for leases of the bench"):
            tenants = Party.objects.values("person")
            Identity.objects.filter(person__in=tenants).update(kind=IdentityKind.HETU)
    return made


def one_lease(number: int) -> float:
    """Seconds that the worker's task takes for a lease: read, typeset, sealed, with its event."""
    from leases.contracts import queries
    from leases.contracts.models import Lease
    from leases.contracts.papers import ordering
    from vuokra.documents import tasks

    with context():
        pk = Lease.objects.order_by("pk").values_list("pk", flat=True)[number]
        row = queries.lease_by_id(pk, today=DAY)
        (document,) = ordering.order(row, ordering.Printed.LEASE)
    return timed(lambda: tasks.make.func(document.pk, None, str(document.purpose)))


def missing() -> str:
    """Why WeasyPrint cannot be measured here, empty when it can."""
    try:
        import weasyprint  # noqa: F401  (its system libraries are loaded by the import)
    except (ImportError, OSError) as error:
        return str(error).splitlines()[0]
    return ""


def against_weasyprint(number: int) -> tuple[float, float]:
    """Seconds that WeasyPrint and Typst take to make a tagged PDF of the same lease; in a context
    and from data that are there already."""
    from django.utils import timezone, translation
    from pypdf import PdfReader
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from leases.contracts.models import Lease
    from leases.contracts.papers import contract
    from vuokra.documents import rendering, services
    from vuokra.documents.models import Document

    with context(), translation.override("fi"):
        lease = Lease.objects.order_by("pk")[number]
        data = contract.lease_data(Document(about_id=lease.pk))
        inputs = {
            "lang": "fi", "title": str(contract.LEASE.title), "date": "22.11.2026",
            "reference": f"VS-{lease.number}", "company": services._letterhead(), "data": data,
        }  # fmt: skip
    source, made = contract.LEASE.source("fi"), []

    def by_typst() -> None:
        made.append(rendering.typeset(source, inputs, at=timezone.now()))

    typst = timed(by_typst)
    page = _page([page.extract_text() for page in PdfReader(io.BytesIO(made[0])).pages])
    fonts = FontConfiguration()
    weasy = timed(lambda: HTML(string=page).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1"))
    return weasy, typst


def _page(pages: list[str]) -> str:
    """The text of a PDF as the plainest page: a paragraph a line."""
    title, *lines = "\n".join(pages).splitlines()
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return (
        f'<html lang="fi"><head><title>{html.escape(title)}</title><style>{STYLE}</style></head>'
        f"<body><h1>{html.escape(title)}</h1>{body}</body></html>"
    )


def order(count: int) -> str:
    """Order so many leases at once, as the page does; the batch."""
    from leases.contracts import queries
    from leases.contracts.papers import ordering
    from leases.contracts.queries import Filters

    with context():
        rows = queries.leases_to_print(Filters(), today=DAY)[:count]
        return str(ordering.order_many(rows))


def progress(batch: str) -> tuple[int, int, int]:
    """How many of a batch are ready, failed, and all: what its page tells."""
    from vuokra.documents import queries

    with context():
        found: Any = queries.batch_by_uuid(UUID(batch))
    return found.done, found.failed, found.total


def waited_for(batch: str, seconds: float) -> float:
    """Seconds until everything of a batch is ready, asked for every second as its page does.

    Raises RuntimeError when something was not made, or it takes too long.
    """
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        done, failed, total = progress(batch)
        if failed:
            raise RuntimeError(f"{failed} of {total} were not made")
        if done == total:
            return time.perf_counter() - began
        time.sleep(1)
    raise RuntimeError(f"{done} of {total} after {seconds} s")
