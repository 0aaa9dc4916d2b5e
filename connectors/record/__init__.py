"""The record of the organisation that answers for a plan: documents in, receipts out."""

from connectors.record.client import ReceiverName, RecordConnector

__all__ = ["ReceiverName", "RecordConnector"]
