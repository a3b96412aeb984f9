"""Addresses of requests: by their number, which tells nothing of anybody."""

from __future__ import annotations

from django.urls import path

from registry.rights.views import answers, copies, handling, matters, register

app_name = "rights"
ONE = "<slug:number>/"
urlpatterns = [
    path("", register.request_list, name="list"),
    path("uusi/", register.new, name="new"),
    path("uusi/tuntematon/", register.new_unknown, name="new_unknown"),
    path("uusi/<slug:public_id>/", register.new_of, name="new_of"),
    path("henkilo/<slug:public_id>/", register.of_person, name="person"),
    path(ONE, register.request_page, name="request"),
    path(f"{ONE}kasittelija/", handling.take, name="take"),
    path(f"{ONE}saapuminen/", handling.move_receipt, name="move_receipt"),
    path(f"{ONE}henkilo/", handling.match, name="match"),
    path(f"{ONE}valtuus/", handling.authority, name="authority"),
    path(f"{ONE}vastaanotto/", answers.confirm_receipt, name="confirm_receipt"),
    path(f"{ONE}tunnistus/", handling.verify, name="verify"),
    path(f"{ONE}tunnistus/toinen/", handling.verify_too, name="verify_too"),
    path(f"{ONE}tunnistus/pyyda/", handling.ask, name="ask"),
    path(f"{ONE}tunnistus/muistuta/", handling.remind, name="remind"),
    path(f"{ONE}tunnistus/raukea/", handling.lapse, name="lapse"),
    path(f"{ONE}yhteystieto/", answers.reveal_sender, name="reveal_sender"),
    path(f"{ONE}arvio/", handling.weigh, name="weigh"),
    path(f"{ONE}jatkaminen/", handling.extend, name="extend"),
    path(f"{ONE}ratkaisu/<slug:right>/", handling.decide, name="decide"),
    path(f"{ONE}tarkastukseen/", handling.submit, name="submit"),
    path(f"{ONE}hyvaksyminen/", handling.approve, name="approve"),
    path(f"{ONE}vastaus.pdf", answers.preview, name="preview"),
    path(f"{ONE}toimitus/", answers.deliver, name="deliver"),
    path(f"{ONE}toimitus/<int:pk>/vaara/", answers.missent, name="missent"),
    path(f"{ONE}vastaanottajat/", answers.recipients, name="recipients"),
    path(f"{ONE}sulkeminen/", answers.close, name="close"),
    path(f"{ONE}peruminen/", answers.withdraw, name="withdraw"),
    path(f"{ONE}valitus/", answers.complain, name="complain"),
    path(f"{ONE}valitus/ratkaisu/", answers.resolve, name="resolve"),
    path(f"{ONE}oikaisu/", matters.add_correction, name="add_correction"),
    path(f"{ONE}oikaisu/<uuid:uuid>/", matters.correction, name="correction"),
    path(f"{ONE}oikaisu/<uuid:uuid>/<slug:name>/", matters.reveal_value, name="reveal_value"),
    path(f"{ONE}rajoitus/", matters.restrict, name="restrict"),
    path(f"{ONE}rajoitus/paata/", matters.lift, name="lift"),
    path(f"{ONE}poistotaulukko/", matters.compute_erasure, name="compute_erasure"),
    path(f"{ONE}kielto/", matters.object_to, name="object"),
    path(f"{ONE}kielto/vahvistus/", matters.confirm, name="confirm"),
    path(f"{ONE}jaljennos/<slug:right>/", copies.copy, name="copy"),
    path(f"{ONE}jaljennos/<slug:right>/kokoa/", copies.collect, name="collect"),
    path(f"{ONE}jaljennos/<slug:right>/paketti/", copies.pack, name="pack"),
    path(f"{ONE}jaljennos/<slug:right>/lataa/", copies.package, name="package"),
    path(f"{ONE}jaljennos/<slug:right>/tulosta/", copies.print_copy, name="print_copy"),
    path(f"{ONE}liitteet/", answers.attach, name="attach"),
    path(f"{ONE}liitteet/<uuid:uuid>/", answers.download, name="download"),
    path(f"{ONE}liitteet/<uuid:uuid>/poista/", answers.detach, name="detach"),
]
