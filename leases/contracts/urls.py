"""Addresses of leases; no person and no lease number stands in them."""

from __future__ import annotations

from django.urls import path

from leases.contracts import views
from leases.contracts.imports import PAGES
from leases.contracts.rules.changes import Change

app_name = "leases"
SUCCESSIONS = {
    "perheenjasen": Change.FAMILY.value,
    "lupa": Change.PERMITTED.value,
    "kuolema": Change.DEATH.value,
    "oikeus": Change.COURT.value,
}
urlpatterns = [
    path("", views.leases, name="list"),
    *PAGES.urls("tuonti/"),
    path("uusi/<int:flat>/", views.new_lease, name="new"),
    path("tulosta/", views.print_many, name="print_many"),
    path("<int:pk>/", views.lease, name="lease"),
    path("<int:pk>/tulosta/", views.print_paper, name="print_paper"),
    path("<int:pk>/ehdot/", views.change_terms, name="change_terms"),
    path("<int:pk>/osapuoli/", views.add_party, name="add_party"),
    path("<int:pk>/osapuoli/<int:party>/poista/", views.drop_party, name="drop_party"),
    path("<int:pk>/osapuoli/<int:party>/paattyi/", views.end_party, name="end_party"),
    path("<int:pk>/osapuoli/<int:party>/allekirjoitus/", views.sign, name="sign"),
    path("<int:pk>/vuokra/", views.set_component, name="set_component"),
    path("<int:pk>/vuokra/<int:part>/poista/", views.drop_component, name="drop_component"),
    path("<int:pk>/valmis/", views.make_ready, name="make_ready"),
    path("<int:pk>/luonnokseksi/", views.reopen, name="reopen"),
    path("<int:pk>/peru/", views.cancel, name="cancel"),
    path("<int:pk>/ilmoitus/", views.record_notice, name="record_notice"),
    path("<int:pk>/vaihdos/luovutus/", views.hand_over, name="hand_over"),
    path("<int:pk>/vaihdos/<int:change>/vastaus/", views.answer_change, name="answer_change"),
    *(
        path(
            f"<int:pk>/vaihdos/{slug}/", views.succeed, {"change": change}, name=f"succeed_{change}"
        )
        for slug, change in SUCCESSIONS.items()
    ),
    path("<int:pk>/purkaminen/", views.record_rescission, name="record_rescission"),
    path("<int:pk>/ilmoitus/<int:notice>/oikaistu/", views.rectify, name="rectify"),
    path("<int:pk>/ilmoitus/<int:notice>/tulosta/", views.print_notice, name="print_notice"),
    path("<int:pk>/ilmoitus/<int:notice>/tiedoksi/", views.serve, name="serve"),
    path("<int:pk>/ilmoitus/<int:notice>/peru/", views.withdraw, name="withdraw"),
    path("<int:pk>/paiva/<int:late>/vahvista/", views.confirm_day, name="confirm_day"),
    path("<int:pk>/paattyminen/", views.agree_end, name="agree_end"),
]
