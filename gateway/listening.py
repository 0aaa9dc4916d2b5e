"""Opens the port that a process serves on, or says in one sentence why it can't."""

from __future__ import annotations

import socket

SILENT_SECONDS = 60
"""How long a client may take to receive what was sent, before its connection is given up."""


class CannotListen(Exception):
    """The port is taken or may not be used; the sentence says what to do."""


def listen(who: str, host: str, port: int, setting: str) -> socket.socket:
    """Return a listener; `setting` is where another port can be chosen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = (error.strerror or "it was refused").lower()
        raise CannotListen(
            f"The {who} can't listen on {host}:{port} ({reason}): set {setting} or stop what"
            " holds it."
        ) from error
    # Head and body go out as two writes: without this the second waits for the first's receipt,
    # under a loop that doesn't set it itself.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; a stream to nobody would be kept for long else
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000 * SILENT_SECONDS)
    return listener
