"""The addresses of every room; this module and `vuokra.settings` alone name them all."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from vuokra import health
from vuokra.desk.views import work_queue

urlpatterns: list[URLPattern | URLResolver] = [
    path("", work_queue, name="home"),
    path("tyojono/", include("vuokra.desk.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("kirjaudu/", include("vuokra.accounts.urls")),
    path("hallinta/", admin.site.urls),
    path("haku/", include("vuokra.search.urls")),
    path("henkilot/kaksoiskappaleet/", include("registry.duplicates.urls")),
    path("henkilot/", include("registry.persons.urls")),
    path("henkilot/", include("registry.households.urls")),
    path("turvakielto/", include("registry.protection.urls")),
    path("henkilot/", include("registry.papers.urls")),
    path("asiakirjat/", include("vuokra.documents.urls")),
    path("tietopyynnot/kopio/", include("registry.copies.urls")),
    path("arkisto/", include("registry.archive.urls")),
    path("suostumukset/", include("registry.consents.urls")),
    path("rekisteriseloste/", include("registry.description.urls")),
    path("luovutukset/", include("registry.disclosures.urls")),
    path("tietopyynnot/", include("registry.rights.urls")),
    path("valvonta/", include("registry.watch.urls")),
    path("kayttoloki/", include("registry.log.urls")),
    path("kohteet/", include("leases.homes.urls")),
    path("sopimukset/", include("leases.contracts.urls")),
    path("vakuudet/", include("leases.deposits.urls")),
    path("tarkastukset/", include("leases.inspections.urls")),
    path("ovet/", include("leases.doors.urls")),
    path("hakemukset/", include("applications.intake.urls")),
    path("valinta/", include("applications.selection.urls")),
    path("valinnan-valvonta/", include("applications.supervision.urls")),
    path("luottotiedot/", include("applications.credit.urls")),
    path("sopimustilaukset/", include("applications.orders.urls")),
    path("", include("vuokra.ui.urls")),
]
handler403 = "vuokra.ui.errors.forbidden"
handler500 = "vuokra.ui.errors.broken"
