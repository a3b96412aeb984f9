"""Section 9: inspection, prohibition and rectification (S9-01 … S9-09)."""

from __future__ import annotations

from vuokra.policy.register.model import ItemKind, RegisterItem, duty

RIGHT = ItemKind.RIGHT
OBJECTION = ["registry.consents.services.forbid", "registry.consents.queries.may_send"]

ITEMS: list[RegisterItem] = [
    duty(RIGHT, "S9-01", "", "oikeus tarkastaa tiedot", "right of access",
         note="Article 15.", purposes="P14"),
    duty(RIGHT, "S9-02", "", "tarkastuspyynnön tekeminen", "making a request",
         note="The 2019 demand of a signed letter is void: any channel is accepted, identity is "
         "verified in proportion.", purposes="P14",
         proof=["registry.rights.services.intake.take_in",
                "registry.rights.services.identity.verify"]),
    duty(RIGHT, "S9-03", "", "kielto: suoramainonta", "objection: advertising by post",
         note="Suppressed channel: post.", purposes="P14", proof=OBJECTION),
    duty(RIGHT, "S9-04", "", "kielto: etämyynti", "objection: telephone sales",
         note="Suppressed channel: telephone.", purposes="P14", proof=OBJECTION),
    duty(RIGHT, "S9-05", "", "kielto: muu suoramarkkinointi", "objection: other marketing",
         note="Suppressed channels: e-mail, text message, others.", purposes="P14",
         proof=OBJECTION),
    duty(RIGHT, "S9-06", "", "kielto: markkina- ja mielipidetutkimukset",
         "objection: market research", note="Suppressed: surveys.", purposes="P14",
         proof=OBJECTION),
    duty(RIGHT, "S9-07", "", "kielto koskee käsittelyä ja luovuttamista",
         "objection to processing and disclosure",
         note="Blocks exports to recipients too.", purposes="P14",
         proof=["registry.consents.queries.may_disclose_for_marketing"]),
    duty(RIGHT, "S9-08", "", "kielto ottamalla yhteyttä rekisterinpitäjään",
         "objecting by contacting the controller",
         note="One screen, one click per channel, effective at once.", purposes="P14",
         proof=["registry.consents.views.forbid"]),
    duty(RIGHT, "S9-09", "", "virheellisen tiedon korjaaminen", "rectification",
         note="Article 16; recipients are told (article 19).", purposes="P14",
         proof=["registry.rights.services.matters.settle",
                "registry.rights.services.delivering.recipients_told"]),
]  # fmt: skip
