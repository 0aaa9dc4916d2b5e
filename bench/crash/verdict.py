"""Holds the database to what senders were told: nothing lost, nothing twice, nothing unasked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from bench.crash.kept import Kept, Receipt
from bench.crash.ledger import Ledger, Outcome, Sent
from domain.operation import Operation

_LEAVES_A_REMARK = frozenset(
    {Operation.START_DRAFT, Operation.SAVE_DRAFT, Operation.ACTIVATE, Operation.AGREE}
)


@dataclass
class Verdict:
    """What is wrong, a sentence each; sound is what has none."""

    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Tell whether the database is as it must be."""
        return not self.faults

    @property
    def faults(self) -> list[str]:
        """All of it."""
        return [*self.lost, *self.duplicates, *self.unasked, *self.surprises]

    def compare(self, what: str, wanted: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        """Note what is there too seldom, too often, or without being wanted."""
        expected, there = Counter(wanted), Counter(found)
        for each, count in (expected | there).items():
            if there[each] < expected[each]:
                self.lost.append(f"{what} {each}: {there[each]} of {expected[each]}")
            elif expected[each] == 0:
                self.unasked.append(f"{what} {each}")
            elif count > expected[each]:
                self.duplicates.append(f"{what} {each}: {count}")


def judge(ledger: Ledger, kept: Kept) -> Verdict:
    """Compare what was sent with what is there."""
    verdict = Verdict(surprises=ledger.surprises)
    receipts = {receipt.key: receipt for receipt in kept.receipts}
    sent = {each.key: each for each in ledger.sent}
    for each in ledger.sent:
        _answer(verdict, each, receipts.get(each.key))
    verdict.unasked += [f"receipt {key}" for key in receipts.keys() - sent.keys()]
    done = [(sent[r.key], r) for r in kept.receipts if r.key in sent]
    _log(verdict, kept)
    _changes(verdict, kept, done)
    return verdict


def kept_unknown(ledger: Ledger, kept: Kept) -> int:
    """Count the writes that were done although their sender never learned of it."""
    keys = {receipt.key for receipt in kept.receipts}
    return sum(each.outcome is Outcome.UNKNOWN and each.key in keys for each in ledger.sent)


def _answer(verdict: Verdict, sent: Sent, receipt: Receipt | None) -> None:
    """Hold what a sender was told to the receipt."""
    what = f"{sent.operation.name} {sent.key}"
    if sent.outcome is Outcome.REJECTED and receipt is not None:
        verdict.unasked.append(f"{what}: rejected, and there")
    if sent.outcome is Outcome.ACKNOWLEDGED and receipt is None:
        verdict.lost.append(f"{what}: acknowledged, and not there")
    if receipt is not None and sent.version is not None and receipt.version != sent.version:
        verdict.unasked.append(f"{what}: version {receipt.version} instead of {sent.version}")
    if receipt is not None and receipt[1:3] != (sent.operation.name, sent.patient):
        verdict.unasked.append(f"{what}: a receipt of another write")


def _log(verdict: Verdict, kept: Kept) -> None:
    """Every write has one event and one audit entry, and a patient's events count from 1."""
    verdict.compare("event", (r[2:] for r in kept.receipts), ((e[0], *e[2:]) for e in kept.events))
    verdict.compare("audit entry", (r[:4] for r in kept.receipts), kept.audited)
    numbers: dict[object, list[int]] = defaultdict(list)
    for event in kept.events:
        numbers[event.patient].append(event.number)
    for patient, count in kept.counts.items():
        wanted = ((patient, number) for number in range(1, count + 1))
        verdict.compare("event number", wanted, ((patient, n) for n in numbers[patient]))


def _changes(verdict: Verdict, kept: Kept, done: list[tuple[Sent, Receipt]]) -> None:
    """Every write has made its change once: a text of its own, and a version of its subject."""
    texts = (sent.remark for sent, _ in done if sent.operation in _LEAVES_A_REMARK)
    verdict.compare("text", texts, kept.remarks)
    heads = (
        (head.subject, number)
        for head in kept.heads
        for number in range(head.first, head.first + head.written)
    )
    # A word about a part leaves the part's version as it was.
    writes = (
        (receipt.subject, receipt.version)
        for sent, receipt in done
        if sent.operation is not Operation.AGREE
    )
    verdict.compare("version", writes, heads)
