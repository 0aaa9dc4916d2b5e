"""What was sent, and what the senders were told: what the database is held to afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID, uuid4

from domain.operation import Operation


class Outcome(Enum):
    """What the sender knows of a write in the end."""

    ACKNOWLEDGED = "ACKNOWLEDGED"
    REJECTED = "REJECTED"
    UNKNOWN = "UNKNOWN"


@dataclass(eq=False)
class Sent:
    """One write. `remark` is a text of its own, which its change carries into the database.

    An acknowledged one has the subject it named, where the sender could know it, and the version
    that its receipt says.
    """

    number: int
    sender: str
    operation: Operation
    patient: UUID
    key: str = field(default_factory=lambda: str(uuid4()))
    attempts: int = 0
    outcome: Outcome = Outcome.UNKNOWN
    version: int | None = None
    is_replay: bool = False

    @property
    def remark(self) -> str:
        """The text by which it is known again."""
        return f"Nr. {self.number}"


@dataclass
class Ledger:
    """Everything that was sent, and rejections that nothing which was sent explains."""

    sent: list[Sent] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    def begin(self, sender: str, operation: Operation, patient: UUID) -> Sent:
        """Note that a write is about to be sent."""
        new = Sent(len(self.sent) + 1, sender, operation, patient)
        self.sent.append(new)
        return new

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many writes ended in which way, those still under way as unknown."""
        return Counter(each.outcome for each in self.sent)

    @property
    def acknowledged(self) -> int:
        """How many writes have been acknowledged so far."""
        return self.outcomes[Outcome.ACKNOWLEDGED]

    @property
    def sent_again(self) -> int:
        """How often something was sent that had been sent before."""
        return sum(max(0, each.attempts - 1) for each in self.sent)

    @property
    def replays(self) -> int:
        """How many writes turned out to be done already when they were sent again."""
        return sum(each.is_replay for each in self.sent)
