"""Who writes in the walks, and what is drawn of an act of theirs."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from domain.operation import Operation
from domain.plan.approval import AgreementState, Decision
from domain.plan.part import PlanKind
from tests.builders import HOSPITAL
from tests.writing.model.nouns import Person, Said
from tests.writing.model.rules import MOVES

COORDINATION, HOME_CARE = "999000134", "999000118"
NURSE = Person("Ingrid Haugen", "s-1", "PERSONNEL", HOSPITAL)
DOCTOR = Person("Omar Rashid", "s-5", "PERSONNEL", HOSPITAL, approves=True)
COORDINATOR = Person("Siri Nordvik", "s-6", "PERSONNEL", COORDINATION, coordinates=True)
HOME_NURSE = Person("Jon Vik", "s-8", "PERSONNEL", HOME_CARE)
PARENT, CHILD = Person("Kari Fjell", "s-kari", "FAMILY"), Person("Nora Fjell", "s-nora", "FAMILY")
STRANGE, OUTSIDE = Person("Tuva Lien", "s-7", "STRANGER"), Person("Per Berg", "s-9", "OUTSIDER")

OPERATIONS = (
    Operation.START_DRAFT,
    Operation.SAVE_DRAFT,
    Operation.DISCARD_DRAFT,
    Operation.ACTIVATE,
    *MOVES,
    Operation.REQUEST_APPROVAL,
    Operation.DECIDE_APPROVAL,
    Operation.AGREE,
)
PEOPLE = (NURSE, DOCTOR, COORDINATOR, HOME_NURSE, PARENT, CHILD, STRANGE, OUTSIDE)
ACTS = st.fixed_dictionaries(
    {
        "operation": st.sampled_from(OPERATIONS),
        "by": st.sampled_from(PEOPLE),
        "which": st.sampled_from([0, 0, 0, 0, 1, 1, 2, 5]),
        "newer": st.sampled_from([0, 0, 0, 0, -1, 1]),
        "of_part": st.booleans(),
        "kind": st.sampled_from(
            [*[PlanKind.EGENBEHANDLINGSPLAN] * 3, PlanKind.BEHANDLINGSPLAN, PlanKind.KRISEPLAN]
        ),
        "said": st.sampled_from(
            [Said("En"), Said("To"), Said("Tre"), Said("Uferdig", is_whole=False)]
        ),
        "review": st.sampled_from([*[date(2027, 1, 15)] * 3, date(2027, 6, 1), None]),
        "decision": st.sampled_from(Decision),
        "word": st.sampled_from(AgreementState),
        "merge": st.sampled_from([True, True, False]),
    }
)
# Most of what is sent at random is refused, so three of four times it is made something allowed;
# what leads on comes up more often than what ends a part or draft.
ALLOWED = st.sampled_from([True, True, True, False]).flatmap(
    lambda is_so: st.integers(0, 9999) if is_so else st.none()
)
OFTEN = {
    **dict.fromkeys(OPERATIONS, 1),
    Operation.START_DRAFT: 4,
    Operation.SAVE_DRAFT: 6,
    Operation.REQUEST_APPROVAL: 6,
    Operation.AGREE: 6,
    Operation.HOLD: 8,
    Operation.RESUME: 12,
    Operation.ACTIVATE: 12,
    Operation.DECIDE_APPROVAL: 12,
}
