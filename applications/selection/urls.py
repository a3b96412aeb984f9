"""Addresses of selections: their numbers and those of applications tell of nobody."""

from __future__ import annotations

from django.urls import path

from applications.selection import views

ROUND = "<int:pk>/"
APPLICANT = f"{ROUND}<hakemus:number>/"
DECISION = f"{ROUND}paatos/<uuid:uuid>/"

app_name = "selection"
urlpatterns = [
    path("", views.rounds, name="list"),
    path("avaa/<int:flat>/", views.open_round, name="open"),
    path("paatos/<uuid:uuid>/", views.decided, name="decided"),
    path(ROUND, views.round_page, name="round"),
    path(f"{ROUND}peruste/", views.reason, name="reason"),
    path(f"{ROUND}keskeyta/", views.cancel, name="cancel"),
    path(f"{ROUND}toinen/", views.choose_other, name="choose_other"),
    path(f"{APPLICANT}ohita/", views.skip, name="skip"),
    path(f"{APPLICANT}ohitus/peru/", views.take_back, name="take_back"),
    path(f"{APPLICANT}valitse/", views.choose, name="choose"),
    path(DECISION, views.decision, name="decision"),
    path(f"{DECISION}jarjestys/", views.order, name="order"),
    path(f"{DECISION}hyvaksy/", views.approve, name="approve"),
    path(f"{DECISION}muistio/", views.memorandum, name="memorandum"),
    path(f"{DECISION}perustelut/", views.reasons_letter, name="reasons"),
    path(f"{DECISION}tarjous/", views.offer, name="offer"),
    path(f"{DECISION}tarjous/kirje/", views.offer_letter, name="offer_letter"),
    path(f"{DECISION}tarjous/hyvaksyi/", views.accept, name="accept"),
    path(f"{DECISION}tarjous/hylkasi/", views.decline, name="decline"),
    path(f"{DECISION}tarjous/vastaamatta/", views.unanswered, name="unanswered"),
    path(f"{DECISION}tarjous/peru/", views.withdraw, name="withdraw"),
]
