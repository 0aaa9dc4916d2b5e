"""The sending service: messages in, to whoever the contact register can reach."""

from connectors.sender.client import Outcome, SenderConnector, SenderName, Sent

__all__ = ["Outcome", "SenderConnector", "SenderName", "Sent"]
