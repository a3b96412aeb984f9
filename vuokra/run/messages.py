"""What `make run` says on the terminal: Finnish first, then English."""

from __future__ import annotations

ACCOUNTS = "hak val val2 sop sop2 tal tal2 per huo asn mar rek rek2 tar joh paa paa2"


def port_taken(host: str, port: int) -> str:
    return (
        f"Portti {port} ({host}) on jo käytössä. Valitse toinen: make run PORT={port + 1}\n"
        f"Port {port} is taken. Choose another: make run PORT={port + 1}"
    )


def not_a_port(text: str) -> str:
    return f"PORT={text} ei kelpaa, anna luku 1–65535. / PORT must be a number from 1 to 65535."


def ended(name: str, status: int, log: str, tail: str) -> str:
    return (
        f"{name} päättyi tilaan {status}; kaikki pysäytetään. / {name} ended with status "
        f"{status}; stopping everything.\n{tail}\nLoki / log: {log}"
    )


def welcome(address: str, password: str | None) -> str:
    """The address and, for a demo, the accounts and where to look first."""
    if password is None:
        return f"\nVuokra: {address}\nCtrl-C pysäyttää. / Ctrl-C stops.\n"
    return f"""
  Vuokra on käynnissä / is running:   {address}

  Tunnukset / accounts:   {ACCOUNTS}
  Salasana / password:    {password}

  Kierros / tour
  1. Kirjaudu tunnuksella sop (asiakas- ja sopimuspalvelija). Hae asukas nimellä ja avaa kortti.
     Sign in as sop, search for a person by name and open the card.
  2. Näytä kortilta henkilötunnus: katselu kirjataan. Lataa sivu uudelleen: Kuka on katsonut.
     Reveal the identity code on the card. Reload the page: the side column shows that you did.
  3. Kirjaudu tunnuksella tar (lokitarkastaja) ja katso, kuka on nähnyt kenet. Komentorivillä:
     Sign in as tar and see who has seen whom. On the command line:
       .venv/bin/python manage.py verify_log

  Kaikki henkilöt ovat keksittyjä. / All persons are invented.
  Ctrl-C pysäyttää kaiken. / Ctrl-C stops everything.
"""
