from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain.access.reservation import UNDO_TIME, ended
from domain.keeping.correction import CorrectionState
from domain.plan.part import Plan, PlanKind
from domain.plan.sharing import RecipientKind, RecipientSetting, Share, ShareScope, Sharing
from domain.wording.choice import of_complaint, of_reservation, of_withdrawal
from tests.builders import NOW
from tests.domain.access.test_reservation import MADE, WORD
from tests.domain.parts import a_part

SHARE = Share(
    id="shr_1",
    patient_id="pat_1",
    part_id="prt_1",
    recipient="Solbakken skole",
    kind=RecipientKind.ORGANISATION,
    setting=RecipientSetting.SCHOOL,
    scopes=(ShareScope.ZONE_SHEET,),
    version=1,
    organisation_number="1",
    shared_by="Kari",
    since=NOW - timedelta(days=1),
)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("kind", list(PlanKind))
def test_every_part_and_recipient_is_named(kind: PlanKind, language: str) -> None:
    sharing = Sharing(shares=(SHARE, replace(SHARE, id="shr_2")))
    plan = Plan(id="p", patient_id="p", parts=(a_part(kind=kind, sharing=sharing),))
    told = of_withdrawal(plan, NOW, language)
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in told)
    assert len([sentence for sentence in told if "Solbakken skole" in sentence]) == 1
    assert len(told) == 7


def test_a_patient_is_not_told_of_a_part_that_is_only_being_drafted() -> None:
    drafted = Plan(id="p", patient_id="p", parts=(a_part(content_version=0),))
    assert of_withdrawal(drafted, NOW, "nb") == of_withdrawal(None, NOW, "nb")


@pytest.mark.parametrize("language", ["nb", "en", "fr"])
def test_a_reservation_is_told_as_it_stands(language: str) -> None:
    erased = replace(MADE, erased_at=NOW)
    cases = [(MADE, NOW), (MADE, NOW + UNDO_TIME), (erased, NOW)]
    cases += [(ended(MADE, WORD), NOW), (ended(erased, WORD), NOW)]
    told = [of_reservation(reservation, at, language) for reservation, at in cases]
    assert len(set(told)) == 5
    assert "22.12.2026" in told[0]
    assert "22.12.2026" in told[1]
    assert all("22.11.2026" in sentence for sentence in told[3:])


@pytest.mark.parametrize("state", list(CorrectionState))
def test_who_was_refused_anything_is_told_of_the_right_to_complain(state: CorrectionState) -> None:
    told = of_complaint(state, "nb")
    refused = state in {CorrectionState.PARTLY, CorrectionState.DECLINED}
    assert bool(told and "Statsforvalteren" in told) is refused
