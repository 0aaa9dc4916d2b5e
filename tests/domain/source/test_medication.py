from __future__ import annotations

from domain.source.medication import Medication, MedicationStatus, as_guardians_see
from domain.source.section import Reason, ReasonCode, Section, SectionState, SourceName
from tests.builders import NOW


def _medicine(name: str, is_hidden: bool = False) -> Medication:
    return Medication(
        id=name,
        name=name,
        status=MedicationStatus.ACTIVE,
        status_text="active",
        is_hidden_from_guardians=is_hidden,
    )


def _section(*items: Medication, reasons: tuple[Reason, ...] = ()) -> Section[Medication]:
    return Section.answered(SourceName.MEDICATION, items, NOW, reasons)


def test_what_is_hidden_from_guardians_leaves_no_trace() -> None:
    hidden = _section(_medicine("Paracet"), _medicine("P-pille", is_hidden=True))
    assert as_guardians_see(hidden) == _section(_medicine("Paracet"))


def test_a_list_of_hidden_medicines_looks_like_an_empty_one() -> None:
    assert as_guardians_see(_section(_medicine("P-pille", is_hidden=True))) == _section()


def test_when_nobody_can_tell_what_is_hidden_the_list_is_withheld() -> None:
    unknown = (Reason(code=ReasonCode.NO_PRESCRIPTION_LOOKUP),)
    shown = as_guardians_see(_section(_medicine("Paracet"), reasons=unknown))
    assert (shown.state, shown.items) == (SectionState.WITHHELD, None)


def test_an_outage_stays_an_outage() -> None:
    dead: Section[Medication] = Section.missing(SourceName.MEDICATION, ReasonCode.SOURCE_TIMEOUT)
    assert as_guardians_see(dead) == dead
