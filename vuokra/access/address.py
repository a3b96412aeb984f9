"""Where a request comes from, and whether that network is allowed."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def client_address(request: HttpRequest) -> str | None:
    """The address of the client, or None when it is not known (unix socket, test).

    X-Forwarded-For is read from its right end, and only as far as the hops before it are trusted
    proxies (VUOKRA_TRUSTED_PROXIES): what the client wrote there itself is never believed.
    """
    address = parse(request.META.get("REMOTE_ADDR", ""))
    proxies = networks(tuple(settings.VUOKRA_TRUSTED_PROXIES))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while hops and inside(address, proxies):
        nearer = parse(hops.pop())
        if nearer is None:
            break
        address = nearer
    return str(address) if address else None


def allowed(address: str | None) -> bool:
    """Whether the address is in an allowed network (VUOKRA_NETWORKS); every one is by default."""
    permitted = networks(tuple(settings.VUOKRA_NETWORKS))
    return not permitted or inside(parse(address or ""), permitted)


def parse(text: str) -> Address | None:
    """The address in the text, IPv4-mapped IPv6 as IPv4; None when it is none."""
    try:
        address = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=32)
def networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """The networks of a setting. Raises ValueError for a text that is no CIDR network."""
    return tuple(ipaddress.ip_network(text) for text in texts)


def inside(address: Address | None, ranges: tuple[Network, ...]) -> bool:
    """Whether the address lies in one of the networks."""
    return address is not None and any(address in network for network in ranges)
