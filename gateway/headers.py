"""The headers that every answer of ours carries, whatever it answers and however it went.

What each is for, and what stands behind it: `docs/threat-model.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gateway.settings import Settings

# An answer is data: a browser that is made to show it may load, run, send and frame nothing.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_UNUSED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "cache-control": "no-store",
        "content-security-policy": POLICY,
        "cross-origin-opener-policy": "same-origin",
        # Pages of an allowed origin are let in by CORS, which this does not ask about.
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": ", ".join(f"{name}=()" for name in _UNUSED),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",  # for browsers that don't know frame-ancestors
    }
)
# Two years, of this name only: its subdomains are not ours to speak for.
_HTTPS_ONLY = {"strict-transport-security": "max-age=63072000"}


def headers_for(settings: Settings) -> Mapping[str, str]:
    """Return the headers of an installation: in production behind https, https from now on."""
    is_behind_https = settings.public_url.startswith("https://")
    return {**HEADERS, **(_HTTPS_ONLY if settings.is_production and is_behind_https else {})}
