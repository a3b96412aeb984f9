"""Words of the access log: what was done, where it showed, how it ended."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What was done (toiminto). Source: data-protection specification, section 9.2."""

    VIEW = "view", _("Katselu")
    LIST = "list", _("Luettelo")
    SEARCH = "search", _("Haku")
    REVEAL = "reveal", _("Paljastus")
    PRINT = "print", _("Tulostus")
    EXPORT = "export", _("Vienti")
    IMPORT = "import", _("Tuonti")
    DOWNLOAD = "download", _("Lataus")
    CREATE = "create", _("Lisäys")
    CHANGE = "change", _("Muutos")
    DELETE = "delete", _("Poisto")
    DISCLOSE = "disclose", _("Luovutus")
    SIGN_IN = "sign_in", _("Kirjautuminen")
    SIGN_IN_FAILED = "sign_in_failed", _("Kirjautuminen epäonnistui")
    SIGN_OUT = "sign_out", _("Uloskirjautuminen")
    GRANT = "grant", _("Oikeus myönnetty")
    REVOKE = "revoke", _("Oikeus poistettu")
    BREAK_GLASS = "break_glass", _("Hätäkatselu")
    VIEW_LOG = "view_log", _("Lokin katselu")
    SETTING = "setting", _("Asetus muutettu")
    RUN = "run", _("Ajastettu ajo")
    ALERT = "alert", _("Hälytys")


class Surface(models.TextChoices):
    """Where the data showed (pinta)."""

    DETAIL = "detail", _("Kortti")
    LIST = "list", _("Luettelo")
    SEARCH = "search", _("Haku")
    PRINT = "print", _("Tuloste")
    EXPORT = "export", _("Vienti")
    FORM = "form", _("Lomake")
    ADMIN = "admin", _("Hallinta")
    MAIL = "mail", _("Posti")
    FILE = "file", _("Tiedosto")
    JOB = "job", _("Ajo")
    SHELL = "shell", _("Komentotulkki")
    SIGN_IN = "sign_in", _("Kirjautuminen")


class Outcome(models.TextChoices):
    """How it ended (lopputulos). What was read stays recorded also when nothing was saved."""

    OK = "ok", _("Onnistui")
    DENIED = "denied", _("Estetty")
    ERROR = "error", _("Virhe")


class Kind(models.TextChoices):
    """What opened the access context."""

    REQUEST = "request", _("Sivu")
    STREAM = "stream", _("Virtaava vastaus")
    COMMAND = "command", _("Komento")
    TASK = "task", _("Taustatyö")
    SIGN_IN = "sign_in", _("Kirjautuminen")
