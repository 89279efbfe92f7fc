"""Where the atlas is served, and the names by which a browser may call it."""

import socket
from dataclasses import dataclass

from dashboard.commands.command import CommandError

HOST = "127.0.0.1"
PORT = 8501
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, never bound unless the user asks for it


class AddressError(CommandError):
    """The address cannot be served on; the message is one Japanese line with the mend."""


@dataclass(frozen=True, slots=True)
class Address:
    """Host and port to serve on; `names` are further host names that browsers may use (behind a proxy, in a LAN)."""

    host: str = HOST
    port: int = PORT
    names: tuple[str, ...] = ()

    @property
    def shown_host(self) -> str:
        """The host as it stands in an address; a wildcard is reached by the loopback address."""
        if self.host in WILDCARDS:
            return "127.0.0.1"
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        return f"http://{self.shown_host}:{self.port}"

    @property
    def allowed_names(self) -> frozenset[str]:
        """Host names, in lower case and without port, that are answered.

        Any other name is refused: a foreign page could otherwise point its own name at this machine (DNS rebinding).
        """
        named = {self.shown_host, *self.names}
        if self.host in WILDCARDS:
            named.add(socket.gethostname())
        return LOOPBACK_NAMES | {name.lower() for name in named}


def bound_socket(address: Address) -> socket.socket:
    """Take the port before anything long begins, so that a busy port is told at once.

    Raises:
        AddressError: the port is in use, not permitted, or the host is not of this machine.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Windows would let two servers share the port with SO_REUSEADDR; elsewhere it only skips the wait after a stop.
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if exclusive is None else exclusive, 1)
        taken.bind((address.host, address.port))
        taken.listen()
    except (OSError, OverflowError) as fault:
        taken.close()
        raise AddressError(
            f"{address.host} のポート {address.port} を使えません（{fault}）。"
            f"使用中なら `ibasho serve --port {address.port % 65535 + 1}` のように別の番号を指定してください。"
        ) from fault
    return taken
