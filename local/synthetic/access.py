"""Who sees what of a child's plan, as the synthetic patients have it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import UUID

import msgspec

from domain.access.matrix import SUITABLE
from domain.access.rule import RuleKind
from domain.given_word import GivenWord, WordGiver
from local.synthetic.people import author, birthday, is_under, responsible
from local.synthetic.rows import Batch, new_id
from local.synthetic.world import Person
from store.tables import AccessRuleRow

_LOGS_IN_FROM, _OF_AGE = 13, 16
_HAVE_LOGIN = 0.7


def add_access(batch: Batch, patient: UUID, person: Person, now: datetime) -> None:
    """Add the agreement of most parents to the own login of a child of 13 to 15."""
    if person.born is None or not person.parents or not person.everyone:
        return
    today = now.date()
    if is_under(person, _LOGS_IN_FROM, today) or not is_under(person, _OF_AGE, today):
        return
    # Its own chance, so that nothing else of the person changes with it.
    if Random(f"login:{person.number}").random() > _HAVE_LOGIN:
        return
    since = now - timedelta(days=30)
    until = datetime.combine(birthday(person.born, _OF_AGE), time.min, UTC)
    by = msgspec.to_builtins(author(responsible(person)))
    word = GivenWord(
        at=since,
        by=person.parents[0].name,
        giver=WordGiver.CHILD_AND_PARENTS,
        registered_by=author(responsible(person)),
        how="På poliklinikken, sammen med barnet",
    )
    kinds = {
        RuleKind.OWN_ACCESS: {"word": msgspec.to_builtins(word)},
        RuleKind.SUITABLE_FOR_YOUTH: {
            "rights": [each.name for each in SUITABLE],
            "reason": "Du kan lese alt i planen din.",
        },
    }
    for kind, said in kinds.items():
        known: dict[str, object] = {"rights": [], "word": None, "reason": None}
        batch.add(
            AccessRuleRow,
            patient_id=patient,
            id=new_id("rule", kind.name, person.number),
            version=1,
            kind=kind.name,
            set_by=by,
            since=since,
            until=until,
            **known | said,
        )
