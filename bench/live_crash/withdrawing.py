"""Takes access from somebody who follows, in one way after the other, and sees what they hear."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.crash.writer import content
from bench.live_crash.follower import Follower, Notices, View
from bench.live_crash.hand import Hand
from local.people import COORDINATION

PATIENCE_SECONDS = 60.0
BRIEF_SECONDS = 20
"""How long a token is good that ends while somebody follows; then they are seen to be gone."""
Words = dict[str, Any]


@dataclass(frozen=True)
class Way:
    """How access ends: for whom, by which event if any, and with which codes streams then end.

    `before` makes the way in that is taken away, and returns what `withdraw` needs of it.
    """

    name: str
    person: str
    event: str | None
    ends: frozenset[str]
    before: Callable[[Hand, str, str], Awaitable[str]]
    withdraw: Callable[[Hand, str, str], Awaitable[object]]
    token_seconds: int = 3600


@dataclass
class Withdrawn:
    """What became of one: who followed, and how long each was open after the answer."""

    way: Way
    patient: str
    followers: Sequence[Follower]
    seconds: float = 0.0
    is_ended: bool = False


async def _nothing(_hand: Hand, _patient: str, _part: str) -> str:
    return ""


async def _share(hand: Hand, _patient: str, part: str) -> str:
    given: Words = {"kind": "TEAM", "setting": "HEALTH", "scopes": ["WHOLE_PART"]}
    given |= {"recipient": "Barnekoordinatoren", "organisationNumber": COORDINATION}
    done = await hand.do(
        "parent", "sharePart", "... on SharePayload { share { id } }", partId=part, **given
    )
    return str(done["share"]["id"])


async def _unshare(hand: Hand, _patient: str, share: str) -> object:
    return await hand.do("parent", "withdrawShare", shareId=share, expectedVersion=1)


async def _block(hand: Hand, patient: str, _made: str) -> object:
    return await hand.do(
        "parent", "blockPerson", patientId=patient, hprNumber="7412582", name="Omar Rashid"
    )


async def _consent(hand: Hand, patient: str, _part: str) -> str:
    query = "query ($id: ID!) { patient(id: $id) { consents { id } } }"
    found = await hand.ask("parent", query, {"id": patient})
    return str(found["patient"]["consents"][0]["id"])


async def _withdraw_consent(hand: Hand, _patient: str, consent: str) -> object:
    return await hand.do("parent", "withdrawConsent", consentId=consent, expectedVersion=1)


async def _outlive(_hand: Hand, _patient: str, _made: str) -> object:
    await asyncio.sleep(BRIEF_SECONDS)
    return None


_REFUSED = frozenset({"FORBIDDEN", "NOT_FOUND"})
WAYS = (
    Way("block", "doctor", "PERSON_BLOCKED", _REFUSED, _nothing, _block),
    Way("share withdrawn", "coordinator", "SHARE_WITHDRAWN", _REFUSED, _share, _unshare),
    Way(
        "consent withdrawn", "clinician", "CONSENT_WITHDRAWN", _REFUSED, _consent, _withdraw_consent
    ),
    Way(
        name="the token has ended",
        person="parent",
        event=None,
        ends=frozenset({"TOKEN_EXPIRED", "UNAUTHENTICATED", "4403"}),
        before=_nothing,
        withdraw=_outlive,
        token_seconds=BRIEF_SECONDS,
    ),
)


async def withdraw(
    way: Way,
    patient: str,
    hand: Hand,
    follow: Callable[[Follower], None],
    followers: Callable[[Way, str], list[Follower]],
    until_told: Callable[[Sequence[Notices]], Awaitable[None]],
) -> Withdrawn:
    """Let somebody follow, take their access, and go on writing about the patient."""
    part, version = await activated(hand, patient)
    made = await way.before(hand, patient, part)
    made_by = followers(way, patient)
    for each in made_by:
        follow(each)
    notices = [each for each in made_by if isinstance(each, Notices)]
    views = [each for each in made_by if isinstance(each, View)]
    await _until(lambda: all(n.is_placed for n in notices) and all(v.shown for v in views))
    await paused(hand, part, version)
    await word(hand, part)
    await until_told(notices)
    await way.withdraw(hand, patient, made)
    begun = time.monotonic()
    if way.name != "consent withdrawn":  # nobody has a plan to write to after that
        await word(hand, part)
    if way.name == "share withdrawn":
        await paused(hand, part, version + 2)
    result = Withdrawn(way, patient, made_by)
    result.is_ended = await _until(lambda: all(each.is_over for each in made_by))
    result.seconds = time.monotonic() - begun
    return result


async def activated(hand: Hand, patient: str) -> tuple[str, int]:
    """Make a patient an active plan, and return its part and that part's version."""
    whole: Words = {"reviewDue": "2030-01-01", "changeComment": "Ny", "content": content("Plan")}
    begun = await hand.do(
        "clinician",
        "startDraft",
        "... on DraftPayload { draft { id } }",
        patientId=patient,
        kind="BEHANDLINGSPLAN",
        **whole,
    )
    draft: Words = {"documentId": begun["draft"]["id"]}
    asked = await hand.do(
        "clinician", "requestApproval", **draft, expectedVersion=begun["receipt"]["version"]
    )
    seen = {"expectedVersion": asked["receipt"]["version"]}
    decided = await hand.do("doctor", "decideApproval", **draft, **seen, decision="APPROVED")
    done = await hand.do(
        "doctor",
        "activateDraft",
        "... on PartPayload { part { id } }",
        draftId=draft["documentId"],
        expectedVersion=decided["receipt"]["version"],
        changeComment="Ny",
    )
    return str(done["part"]["id"]), int(done["receipt"]["version"])


async def paused(hand: Hand, part: str, version: int) -> None:
    """Let the doctor pause a part, and take it up again."""
    for field in ("holdPart", "resumePart"):
        await hand.do("doctor", field, partId=part, expectedVersion=version, reason="Ferie")
        version += 1


async def word(hand: Hand, part: str) -> None:
    """Let the nurse say something about a part."""
    await hand.do("clinician", "commentPlan", partId=part, text="Hvordan går det?")


async def _until(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.02)
    return True
