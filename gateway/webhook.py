"""What vendors register to be told at, as they are shown it; a secret is shown when it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from domain import ids
from domain.errors import BadInput, NotFound
from domain.live.address import fault_of
from domain.live.change import ChangedSection, ResyncReason
from domain.live.webhook import BOTH_SECRETS_FOR, Waiting, Webhook, WebhookState, sections_of
from domain.noun import Noun
from gateway.clock import Clock, utc_now
from gateway.errors import Refused
from gateway.live.cursors import Cursors, CursorUnknown, Place, topic_of
from gateway.settings import Settings
from gateway.webhook_secret import WebhookSecrets
from store.webhook import Holder, Registered, WebhookStore


class ReplayRefused(Refused):
    """A cursor from which nothing can be told again."""

    code = "RESYNC_REQUIRED"
    sentence = "What has changed since this cursor can't be told again."
    remedy = "Read anew what you follow, and `resume` the webhook."
    status = 409

    def __init__(self, reason: ResyncReason) -> None:
        super().__init__(reason=reason.name)


class Shown(Noun):
    """A webhook as its vendor sees it; `secret` is there when it was made just now.

    It is told of nothing after `lapses_at` unless the client shows its token here before, or then.
    """

    id: str
    url: str
    sections: tuple[ChangedSection, ...]
    organisation: str
    state: WebhookState
    since: datetime
    waiting: Waiting
    registered_at: datetime
    lapses_at: datetime
    old_secret_until: datetime | None = None
    secret: str | None = None


class WebhookRegistry:
    """Registers webhooks for their holders, and changes them; NotFound of what is not theirs."""

    def __init__(self, store: WebhookStore, settings: Settings, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._secrets = WebhookSecrets(settings.webhook_key)
        self._cursors = Cursors(settings.cursor_key)
        self._reach = settings.reach
        self._lasts = timedelta(days=settings.webhook_days)
        self._resumable_for = timedelta(days=settings.resumable_days)
        self._most = settings.limits.webhooks

    async def of(self, holder: Holder) -> list[Shown]:
        """Return all that a client has for an organisation."""
        return [self._shown(each) for each in await self._store.of(holder, self._clock())]

    async def one(self, holder: Holder, id: str) -> Shown:
        """Return one of them."""
        return self._shown(await self._store.one(holder, id, self._clock()))

    async def register(self, holder: Holder, url: str, sections: Sequence[str] | None) -> Shown:
        """Register an address; it is told of nothing until it has answered a challenge.

        Raises BadInput, and NoMoreWebhooks.
        """
        now = self._clock()
        webhook = Webhook(
            id=ids.new(ids.WEBHOOK),
            client_id=holder.client_id,
            organisation=holder.organisation,
            legal_entity=holder.legal_entity,
            url=self._address(url),
            sections=_sections(sections),
            state=WebhookState.UNVERIFIED,
            since=now,
            version=1,
            registered_at=now,
            seen_at=now,
        )
        secret, sealed = self._secrets.new(webhook.id)
        await self._store.register(webhook, sealed, self._most)
        return self._shown(Registered(webhook, Waiting(), None), secret)

    async def change(
        self, holder: Holder, id: str, url: str | None, sections: Sequence[str] | None
    ) -> Shown:
        """Change what is given."""
        changes: dict[str, object] = {}
        if url is not None:
            changes["url"] = self._address(url)
        if sections is not None:
            changes["sections"] = [each.name for each in _sections(sections)]
        return self._shown(await self._store.change(holder, id, changes, self._clock()))

    async def resume(self, holder: Holder, id: str) -> Shown:
        """Have all that waits tried anew."""
        return self._shown(await self._store.resume(holder, id, self._clock()))

    async def replay(self, holder: Holder, id: str, after: str) -> Shown:
        """Have all told anew that came after a cursor; raise ReplayRefused when it can't be."""
        now = self._clock()
        place = self._place(after, holder)
        if place.at < now - self._resumable_for:
            raise ReplayRefused(ResyncReason.TOO_OLD)
        return self._shown(await self._store.replay(holder, id, place.position, now))

    async def renew_secret(self, holder: Holder, id: str) -> Shown:
        """Make a new secret; for a day the one before it signs as well."""
        now = self._clock()
        secret, sealed = self._secrets.new(id)
        until = now + BOTH_SECRETS_FOR
        kept = await self._store.renew_secret(holder, id, sealed, until, now)
        return self._shown(kept, secret)

    async def delete(self, holder: Holder, id: str) -> None:
        """Forget a webhook; nothing more is sent to it."""
        if not await self._store.delete(holder, id):
            raise NotFound

    def _address(self, url: str) -> str:
        fault = fault_of(url, self._reach)
        if fault is not None:
            raise BadInput(f"`url` can't be used. {fault.value}", reason=fault.name)
        return url

    def _place(self, cursor: str, holder: Holder) -> Place:
        try:
            return self._cursors.open(cursor, topic_of(holder.organisation))
        except CursorUnknown:
            raise ReplayRefused(ResyncReason.UNKNOWN) from None

    def _shown(self, kept: Registered | None, secret: str | None = None) -> Shown:
        if kept is None:
            raise NotFound
        webhook, until = kept.webhook, kept.old_secret_until
        return Shown(
            id=webhook.id,
            url=webhook.url,
            sections=webhook.sections,
            organisation=webhook.organisation,
            state=webhook.state,
            since=webhook.since,
            waiting=kept.waiting,
            registered_at=webhook.registered_at,
            lapses_at=webhook.seen_at + self._lasts,
            old_secret_until=until if until and until > self._clock() else None,
            secret=secret,
        )


def shown(webhook: Shown) -> Mapping[str, object]:
    """Return the JSON of a webhook; a secret that is not shown is not there at all."""
    told: dict[str, object] = msgspec.to_builtins(webhook)
    if webhook.secret is None:
        del told["secret"]
    return told


def _sections(names: Sequence[str] | None) -> tuple[ChangedSection, ...]:
    if names is None:
        return tuple(ChangedSection)
    try:
        chosen = sections_of(names)
    except KeyError:
        raise BadInput("`sections` has a name that is no ChangedSection.") from None
    if not chosen:
        raise BadInput("`sections` is empty: leave it out to be told of all.")
    return chosen
