"""Addresses of applications: their numbers tell of nobody."""

from __future__ import annotations

from django.urls import path, register_converter

from applications.intake import views
from applications.intake.forms import PARTS
from applications.intake.imports import PAGES


class Number:
    """The number of an application."""

    regex = r"H-[0-9]{4}-[0-9]{4,6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Part:
    """A part of what a member told."""

    regex = "|".join(PARTS)
    to_python = Number.to_python
    to_url = Number.to_url


register_converter(Number, "hakemus")
register_converter(Part, "hakemuksen_osa")

app_name = "applications"
urlpatterns = [
    path("", views.applications, name="list"),
    path("uusi/", views.new_application, name="new"),
    path("uusi/lomake/", views.whole_application, name="whole"),
    *PAGES.urls("tuonti/"),
    path("haku/", views.find, name="find"),
    path("joukko/", views.bulk, name="bulk"),
    path("<hakemus:number>/", views.application, name="application"),
    path("<hakemus:number>/tarkistus/", views.review, name="review"),
    path("<hakemus:number>/tarkoitus/", views.purpose, name="purpose"),
    path("<hakemus:number>/tiedot/", views.change_details, name="change_details"),
    path("<hakemus:number>/tarve/", views.change_need, name="change_need"),
    path("<hakemus:number>/asunto/", views.change_home, name="change_home"),
    path("<hakemus:number>/toive/", views.change_wish, name="change_wish"),
    path("<hakemus:number>/peruste/", views.add_ground, name="add_ground"),
    path("<hakemus:number>/peruste/<int:pk>/poista/", views.drop_ground, name="drop_ground"),
    path("<hakemus:number>/henkilo/", views.add_member, name="add_member"),
    path("<hakemus:number>/henkilo/<int:pk>/", views.change_member, name="change_member"),
    path("<hakemus:number>/henkilo/<int:pk>/poista/", views.drop_member, name="drop_member"),
    path("<hakemus:number>/henkilo/<int:pk>/lupa/", views.change_permit, name="change_permit"),
    path("<hakemus:number>/henkilo/<int:pk>/kaikki/", views.change_told, name="change_told"),
    path(
        "<hakemus:number>/henkilo/<int:pk>/<hakemuksen_osa:kind>/", views.add_part, name="add_part"
    ),
    path(
        "<hakemus:number>/<hakemuksen_osa:kind>/<int:pk>/", views.change_part, name="change_part"
    ),
    path(
        "<hakemus:number>/<hakemuksen_osa:kind>/<int:pk>/poista/", views.drop_part,
        name="drop_part",
    ),
    path("<hakemus:number>/nayta/<slug:name>/", views.reveal, name="reveal"),
    path("<hakemus:number>/nayta/<slug:name>/<int:pk>/", views.reveal, name="reveal_of"),
    path("<hakemus:number>/vastaanota/", views.receive, name="receive"),
    path("<hakemus:number>/taydennys/", views.ask_to_complete, name="ask_to_complete"),
    path("<hakemus:number>/taydennetty/", views.complete, name="complete"),
    path("<hakemus:number>/hyvaksy/", views.admit, name="admit"),
    path("<hakemus:number>/palauta/", views.send_back, name="send_back"),
    path("<hakemus:number>/uusi/", views.renew, name="renew"),
    path("<hakemus:number>/peru/", views.withdraw, name="withdraw"),
    path("<hakemus:number>/poista/", views.discard, name="discard"),
    path("<hakemus:number>/kirje/<slug:kind>/", views.order_letter, name="order_letter"),
    path("<hakemus:number>/liite/", views.ask_paper, name="ask_paper"),
    path("<hakemus:number>/paperit/avaa/", views.reason, name="reason"),
    path("<hakemus:number>/alkuperainen/", views.add_original, name="add_original"),
    path("<hakemus:number>/liite/<uuid:uuid>/saapui/", views.paper_arrives, name="paper_arrives"),
    path("<hakemus:number>/liite/<uuid:uuid>/nahty/", views.see_paper, name="see_paper"),
    path("<hakemus:number>/liite/<uuid:uuid>/ei/", views.drop_paper, name="drop_paper"),
    path("<hakemus:number>/liite/<uuid:uuid>/poista/", views.remove_file, name="remove_file"),
    path("<hakemus:number>/liite/<uuid:uuid>/kuva/", views.paper_picture, name="paper_picture"),
    path("<hakemus:number>/liite/<uuid:uuid>/", views.paper_file, name="paper_file"),
]  # fmt: skip
