"""Delivers plan versions to the records of the organisations that answer for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from connectors.http import SourceFailure
from connectors.record import RecordConnector
from domain.keeping import delivery
from domain.keeping.delivery import Delivery, DeliveryState
from domain.keeping.record_document import RecordDocument, document_of
from gateway.errors import log_fault
from gateway.health import NotReady
from store.delivery import DeliveryStore, DueDelivery
from worker.caller import ourselves

AT_ONCE = 4
_MOST = 50

log = logging.getLogger("dbep.worker")


class Delivering:
    """Deliveries, some at a time; when the record does not answer, the rest of the turn is left."""

    def __init__(
        self,
        store: DeliveryStore,
        record: RecordConnector,
        organisation_number: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._record = record
        self._organisation_number = organisation_number
        self._clock = clock

    async def turn(self) -> bool:
        """Deliver what is due, as far as the record answers."""
        went_on = await asyncio.gather(*(self._one_after_the_other() for _ in range(AT_ONCE)))
        return any(went_on)

    async def _one_after_the_other(self) -> bool:
        """Deliver one after the other; tell whether more is due that the record would take."""
        for _ in range(_MOST):
            async with self._store.next_due(self._clock()) as due:
                if due is None:
                    return False
                tried, has_answered = await self._deliver(due)
                await due.keep(tried)
            if tried.state is DeliveryState.FAILED:
                _raise_alarm(tried)
            if not has_answered:
                return False
        return True

    async def _deliver(self, due: DueDelivery) -> tuple[Delivery, bool]:
        """Return what came of a delivery, and whether the record can be asked about the next."""
        now = self._clock()
        document = await _document(due)
        if document is None:
            return delivery.failed(due.delivery, now, is_refused=True), True
        caller = ourselves(self._organisation_number, now, due.delivery.id)
        try:
            receipt = await self._record.deliver(document, caller)
        except SourceFailure:  # the client has told the log
            return delivery.failed(due.delivery, now), False
        if receipt is None:
            return delivery.failed(due.delivery, now, is_refused=True), True
        return delivery.delivered(due.delivery, receipt, now), True

    async def all_arrive(self) -> None:
        """Raise NotReady when somebody should look into a delivery."""
        waiting, failed = await self._store.waiting()
        if failed:
            raise NotReady(f"{failed} of {waiting} waiting documents can't be delivered.")


async def _document(due: DueDelivery) -> RecordDocument | None:
    """Return the document, None when there is none to send: it must not stop all after it."""
    try:
        of = await due.read()
        return document_of(due.delivery, of.version, of.kind, of.patient)
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001 # logged without its message; a person must look
        log_fault(error, due.delivery.id)
        return None


def _raise_alarm(tried: Delivery) -> None:
    log.error(
        "a document can't be delivered: delivery=%s organisation=%s attempts=%s",
        tried.id,
        tried.organisation_number,
        tried.attempts,
    )
