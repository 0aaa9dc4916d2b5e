"""Where on the network a webhook may lead: to the public internet, and nowhere near ourselves.

A name may lead anywhere at any time, so what it leads to is asked each time it is used; here is
only what an address, once it is known, says of itself.
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from domain.noun import Noun

LONGEST = 2_000
_GLOBAL = IPv6Network("2000::/3")  # all that is given out for the internet (RFC 4291, 2.4)
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address behind it (RFC 6052)


class AddressFault(Enum):
    """What is wrong with an address that a vendor wants to be told at."""

    NO_URL = "It must be an absolute address, of at most 2000 characters in ASCII."
    NOT_HTTPS = "It must begin with https://."
    CREDENTIALS = "It must have no user name or password, and no fragment."
    SPECIAL = "It must lead to the public internet."


class Reach(Noun):
    """How far a deployment lets webhooks go: over plain http, and to private addresses."""

    plain: bool = False
    private: bool = False


def fault_of(url: str, reach: Reach) -> AddressFault | None:
    """Return what can be seen to be wrong with an address before its name is looked up."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return AddressFault.NO_URL
    if not host or not url.isascii() or not url.isprintable() or " " in url or len(url) > LONGEST:
        return AddressFault.NO_URL
    if parts.scheme != "https" and not (reach.plain and parts.scheme == "http"):
        return AddressFault.NOT_HTTPS
    if parts.username is not None or parts.password is not None or parts.fragment:
        return AddressFault.CREDENTIALS
    return AddressFault.SPECIAL if is_literal(host) and not may_reach(host, reach) else None


def is_literal(host: str) -> bool:
    """Tell whether a host is an address itself, or would be taken for one, and no name.

    Numbers alone are taken for an address of IPv4 in many ways ("127.1", "2130706433"), and are
    never looked up.
    """
    return ":" in host or host.replace(".", "").isdigit()


def may_reach(address: str, reach: Reach) -> bool:
    """Tell whether a connection may be made to an IP address."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return _may_reach(known, reach)


def _may_reach(address: IPv4Address | IPv6Address, reach: Reach) -> bool:
    if isinstance(address, IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return _may_reach(inner, reach)
        if address.sixtofour is not None or address.teredo is not None or address.scope_id:
            return False
    # Never: nobody's service is there, but a cloud's keys to the machine are.
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if address.is_loopback or (address.is_private and not address.is_reserved):
        return reach.private
    if isinstance(address, IPv6Address) and address not in _GLOBAL:
        return False
    return address.is_global


def _inside(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else None
