"""Addresses of disclosures; persons stand in them by opaque ids."""

from __future__ import annotations

from django.urls import path

from registry.disclosures import views

app_name = "disclosures"
urlpatterns = [
    path("", views.disclosure_list, name="list"),
    path("vie/", views.export_list_file, name="file"),
    path("<int:pk>/", views.one_disclosure, name="disclosure"),
    path("<int:pk>/oikaise/", views.correct, name="correct"),
    path("oikaisut/<int:pk>/hyvaksy/", views.approve_correction, name="approve_correction"),
    path("oikaisut/<int:pk>/hylkaa/", views.refuse_correction, name="refuse_correction"),
    path("kirjaa/", views.give, name="give"),
    path("kirjaa/<slug:public_id>/", views.give, name="give_about"),
    path("henkilo/<slug:public_id>/", views.of_person, name="person"),
    path("henkilo/<slug:public_id>/ilmoitus/<int:pk>/", views.notified, name="notified"),
    path("vastaanottajat/", views.recipient_list, name="recipients"),
    path("vastaanottajat/uusi/", views.new_recipient, name="new_recipient"),
    path("vastaanottajat/<int:pk>/", views.one_recipient, name="recipient"),
    path("vastaanottajat/<int:pk>/muokkaa/", views.edit_recipient, name="edit_recipient"),
    path("vastaanottajat/<int:pk>/peruste/", views.add_basis, name="add_basis"),
    path("perusteet/<int:pk>/paata/", views.end_basis, name="end_basis"),
    path("viennit/", views.export_list, name="exports"),
    path("viennit/<int:pk>/", views.one_export, name="export"),
    path("viennit/<int:pk>/hyvaksy/", views.approve_export, name="approve_export"),
    path("viennit/<int:pk>/hylkaa/", views.refuse_export, name="refuse_export"),
    path("viennit/<int:pk>/lataa/", views.take_export, name="take_export"),
    path("viranomaiset/", views.request_list, name="requests"),
    path("viranomaiset/uusi/", views.new_request, name="new_request"),
    path("viranomaiset/uusi/<slug:public_id>/", views.new_request, name="new_request_about"),
    path("viranomaiset/<int:pk>/", views.one_request, name="request"),
    path("viranomaiset/<int:pk>/varmista/", views.verify, name="verify"),
    path("viranomaiset/<int:pk>/anna/", views.grant, name="grant"),
    path("viranomaiset/<int:pk>/hylkaa/", views.refuse, name="refuse"),
    path("viranomaiset/<int:pk>/hyvaksy/", views.approve, name="approve"),
    path("viranomaiset/<int:pk>/vastaa/", views.answer, name="answer"),
]
