"""Where a plan's words on a medicine and the medicine list say different doses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.code_system import ATC, ATC_BY_OID
from domain.content.plan_content import PlanContent
from domain.content.self_care import MedicineInstruction
from domain.outdated.dose import disagree
from domain.outdated.fingerprint import FingerprintKey
from domain.outdated.reason import Noticed, OutdatedKind
from domain.outdated.source_line import is_in_use
from domain.source.medication import Medication
from domain.source.section import SectionName


def disagreements(
    patient_id: str,
    content: PlanContent | None,
    listed: Sequence[Medication],
    key: FingerprintKey,
    now: datetime,
) -> tuple[Noticed, ...]:
    """Return the lines of a plan whose dose the list is at odds with.

    The mark is of both sides, so that another dose on either is another disagreement. Only what is
    certainly the same medicine is compared: by code, or by the very same words.
    """
    care = content.self_care if content else None
    in_use = [each for each in listed if is_in_use(each) and not each.is_locked]
    found = []
    for line in care.medicines if care else ():
        same = [each for each in in_use if _is_same(line, each)]
        if line.dose and disagree(line.dose, same):
            found.append(_reason(patient_id, line, same, key, now))
    return tuple(found)


def _is_same(line: MedicineInstruction, listed: Medication) -> bool:
    named = line.medicine
    if named.code is None:
        return named.text.casefold() == listed.name.casefold()
    if named.system in (ATC, ATC_BY_OID):
        return named.code == listed.atc
    product = listed.product
    return product is not None and (named.system, named.code) == (product.system, product.code)


def _reason(
    patient_id: str,
    line: MedicineInstruction,
    same: Sequence[Medication],
    key: FingerprintKey,
    now: datetime,
) -> Noticed:
    said = sorted([each.name, each.dosage or "", each.short_dosage or ""] for each in same)
    mark = key.mark(patient_id, SectionName.MEDICATIONS, "dose", line.id, line.dose, said)
    return Noticed(
        kind=OutdatedKind.PLAN_AND_LIST_DISAGREE,
        noticed_at=now,
        mark=mark,
        line_id=line.id,
        is_hidden_from_guardians=any(each.is_hidden_from_guardians for each in same),
    )
