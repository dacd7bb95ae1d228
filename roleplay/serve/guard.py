"""Who may come in: the right address, a page of our own, and, where others can reach us, the right token."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
TOKEN_BYTES = 16
"""128 bits: not to be guessed."""


def is_local(host: str) -> bool:
    """Whether only this computer can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Guard:
    """Tells visitors from pages on other sites, which a browser would let speak to a server on this computer."""

    host: str
    """The address we are bound to."""
    token: str
    """Empty: whoever reaches this computer may come in."""
    public_url: str = ""
    """Where a proxy shows us; empty: nowhere else."""

    def knows_host(self, host_header: str) -> bool:
        """Whether we were called by a name of ours: a strange name that leads here is a trick on the browser."""
        if not is_local(self.host):
            return True  # by whatever name the network knows this computer; the token decides
        return _name_of(f"//{host_header}") in (*LOCAL_NAMES, self.host, _name_of(self.public_url))

    def knows_origin(self, origin: str, host_header: str) -> bool:
        """Whether a page of ours asks; what is no browser sends no origin."""
        if not origin:
            return True
        return urlsplit(origin).netloc in (host_header, urlsplit(self.public_url).netloc)

    def lets_in(self, token: str) -> bool:
        """Whether it is the right token, compared in constant time; without one anybody who reaches us may come in."""
        return not self.token or hmac.compare_digest(token.encode(), self.token.encode())


def _name_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
