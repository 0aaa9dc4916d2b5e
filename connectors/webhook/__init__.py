"""Requests to the addresses that vendors have registered."""

from __future__ import annotations

from connectors.webhook.client import Outcome, WebhookClient
from connectors.webhook.signature import signature_of, signed

__all__ = ["Outcome", "WebhookClient", "signature_of", "signed"]
