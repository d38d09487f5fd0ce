"""Which addresses of the network may be connected to: public ones, and those the installation names.

A name is resolved once, every address it has is checked, and the connection goes to a checked one, so that a name which answers
differently the second time gains nothing.
https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from config.settings import Network, Settings
from integration.outside.trouble import NotFetched

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

PORTS = frozenset({80, 443})
"""A public server is asked at the web's own ports; any other may be something else that listens."""
TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as a network without IPv4 writes them. https://www.rfc-editor.org/rfc/rfc6052"""
TUNNELS = (ip_network("2002::/16"), ip_network("2001::/32"), ip_network("::/96"), ip_network("192.88.99.0/24"),
           ip_network("fec0::/10"))
"""Addresses that lead to an IPv4 address inside them, and those that once were a site's own."""
INSIDE = "This address leads into a private network, where Throughline does not look. Copy the parts from the source by hand."


def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of a name, as the machine's own resolver says."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Guard:
    """What may be reached: public addresses, and the installation's own `networks`; and in how many `seconds`, all in all."""

    networks: tuple[Network, ...] = ()
    resolve: Resolve = resolved
    seconds: float = 5.0

    def checked(self, host: str, port: int) -> str:
        """An address of `host` to connect to. Raises NotFetched unless all its addresses may be reached."""
        try:
            found = [ip_address(each.partition("%")[0]) for each in self.resolve(host, port)]
        except (OSError, ValueError) as error:
            raise NotFetched("No server of this name was found. Check the address.") from error
        if not found or not all(self._may_reach(each, port) for each in found):
            raise NotFetched(INSIDE)
        return str(found[0])

    def _may_reach(self, address: Address, port: int) -> bool:
        bare = plainly(address)
        return any(bare in network for network in self.networks) or (port in PORTS and is_public(bare))


def guard_of(settings: Settings) -> Guard:
    """The guard of this installation."""
    return Guard(settings.networks)


def plainly(address: Address) -> Address:
    """The IPv4 address that an IPv6 address only writes differently, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    return address.ipv4_mapped or (IPv4Address(address.packed[-4:]) if address in TRANSLATED else address)


def is_public(address: Address) -> bool:
    """Whether it is one of the open internet: not private, loopback, link-local, shared, multicast, reserved or a tunnel."""
    bare = plainly(address)
    return bare.is_global and not (bare.is_multicast or bare.is_reserved or bare.is_unspecified or bare.is_link_local
                                   or any(bare in tunnel for tunnel in TUNNELS))
