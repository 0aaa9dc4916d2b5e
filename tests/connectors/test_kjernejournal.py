from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from connectors.http import Answer, SourceFailure
from connectors.kjernejournal.indicator import access_basis, closing_codes, read_indicator
from connectors.kjernejournal.refusal import accepted
from connectors.kjernejournal.registration import Part, read_part
from connectors.kjernejournal.section import joined
from connectors.kjernejournal.wire import WireAllergy, WireCondition
from domain.caller import AccessBasis, Representation
from domain.coding import Coding
from domain.source.critical_info import Certainty, CriticalInfo, CriticalInfoCategory
from domain.source.section import Reason, ReasonCode, SectionState
from tests.connectors.asking import ARNE, NORA, NOW, a_caller, a_subject, payload

ALLERGIES = "kjernejournal/allergy-intolerance-two"
CONDITIONS = "kjernejournal/condition-critical"


def allergies(tree: Any = None) -> Part:
    body = json.dumps(tree).encode() if tree else payload(ALLERGIES)
    return read_part(body, WireAllergy, a_subject(NORA))


def conditions() -> Part:
    return read_part(payload(CONDITIONS), WireCondition, a_subject(NORA))


def test_an_allergy_keeps_what_its_recorder_said() -> None:
    part = allergies()
    assert part.items[0] == CriticalInfo(
        id="5b1f9b0c-51f5-4d0c-9a6e-0a7b5c1c0a01",
        category=CriticalInfoCategory.ALLERGY,
        concept=Coding(text="Amoksicillin", system="http://www.whocc.no/atc", code="J01CA04"),
        is_active=True,
        certainty=Certainty.CONFIRMED,
        certainty_text="confirmed",
        criticality="high",
        reactions=("Anafylaksi",),
        note="Anafylaksi etter første dose. Adrenalin gitt.",
        recorded_on=date(2026, 10, 2),
        recorded_by="Omar Rashid",
        information_source="Observert av helsepersonell",
    )
    assert part.items[1].is_active is False
    assert part.items[1].certainty is Certainty.PRESUMED
    assert part.items[1].concept == Coding(text="Peanøtter")
    assert (part.wrong, part.reasons) == ([], [])


def test_conditions_have_their_category() -> None:
    assert [item.category for item in conditions().items] == [
        CriticalInfoCategory.CONDITION,
        CriticalInfoCategory.TREATMENT_OR_IMPLANT,
    ]


def test_an_unknown_category_or_certainty_is_kept_and_not_guessed() -> None:
    tree = json.loads(payload(ALLERGIES))
    first = tree["entry"][0]["resource"]
    first["verificationStatus"] = {"coding": [{"code": "dreamt"}]}
    first["clinicalStatus"] = {"coding": [{"code": "sleeping"}]}
    item = allergies(tree).items[0]
    assert (item.certainty, item.certainty_text, item.is_active) == (
        Certainty.OTHER,
        "dreamt",
        None,
    )


def test_what_was_entered_in_error_is_left_out_untold() -> None:
    tree = json.loads(payload(ALLERGIES))
    tree["entry"][0]["resource"]["verificationStatus"]["coding"][0]["code"] = "entered-in-error"
    part = allergies(tree)
    assert len(part.items) == 1
    assert (part.wrong, part.reasons) == ([], [])


def test_another_patients_registration_is_never_shown() -> None:
    tree = json.loads(payload(ALLERGIES))
    tree["entry"][1]["resource"]["patient"]["identifier"]["value"] = ARNE
    part = allergies(tree)
    assert len(part.items) == 1
    assert part.wrong == ["entry[1].resource.patient.identifier"]


def test_a_partial_date_costs_no_registration() -> None:
    tree = json.loads(payload(ALLERGIES))
    tree["entry"][0]["resource"]["recordedDate"] = "2019"
    assert allergies(tree).items[0].recorded_on is None


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("critical-info", []),
        ("none", [ReasonCode.NO_KJERNEJOURNAL]),
        ("blocked", [ReasonCode.BLOCKED]),
        ("restricted", [ReasonCode.RESTRICTED]),
    ],
)
def test_the_indicator_says_whether_to_ask(name: str, codes: list[ReasonCode]) -> None:
    indicator = read_indicator(payload(f"kjernejournal/helseindikator-{name}"))
    assert closing_codes(indicator, a_caller()) == codes


@pytest.mark.parametrize("ground", [AccessBasis.FORHOYET_SAMTYKKE, AccessBasis.AKUTT])
def test_an_elevated_ground_opens_a_restriction_and_no_block(ground: AccessBasis) -> None:
    elevated = a_caller(elevated=ground)
    restricted = read_indicator(payload("kjernejournal/helseindikator-restricted"))
    blocked = read_indicator(payload("kjernejournal/helseindikator-blocked"))
    assert closing_codes(restricted, elevated) == []
    assert closing_codes(blocked, elevated) == [ReasonCode.BLOCKED]


def test_the_elevated_ground_is_used_where_something_is_restricted_and_nowhere_else() -> None:
    elevated = a_caller(access_basis=AccessBasis.SAMTYKKE, elevated=AccessBasis.FORHOYET_SAMTYKKE)
    restricted = read_indicator(payload("kjernejournal/helseindikator-restricted"))
    unrestricted = read_indicator(payload("kjernejournal/helseindikator-critical-info"))
    assert access_basis(restricted, elevated) is AccessBasis.FORHOYET_SAMTYKKE
    assert access_basis(unrestricted, elevated) is AccessBasis.SAMTYKKE
    assert access_basis(restricted, a_caller()) is AccessBasis.UNNTAK


def test_the_acute_chain_alone_opens_no_restriction() -> None:
    acute = a_caller(access_basis=AccessBasis.AKUTT, purpose_of_use="ETREAT")
    restricted = read_indicator(payload("kjernejournal/helseindikator-restricted"))
    assert closing_codes(restricted, acute) == [ReasonCode.RESTRICTED]


@pytest.mark.parametrize(
    "field", ["ticket", "sperringDetaljer", "eksistererBlokkertHelsepersonell"]
)
@pytest.mark.parametrize("how", ["missing", "null"])
def test_a_missing_flag_is_never_taken_for_a_no(field: str, how: str) -> None:
    tree = json.loads(payload("kjernejournal/helseindikator-critical-info"))
    tree[field] = None
    if how == "missing":
        del tree[field]
    with pytest.raises(SourceFailure, match="SOURCE_INVALID_ANSWER"):
        read_indicator(json.dumps(tree).encode())


@pytest.mark.parametrize("status", [-1, 5, "2", None, True])
def test_an_unknown_status_is_an_invalid_answer(status: Any) -> None:
    tree = json.loads(payload("kjernejournal/helseindikator-critical-info")) | {"status": status}
    with pytest.raises(SourceFailure, match="SOURCE_INVALID_ANSWER"):
        read_indicator(json.dumps(tree).encode())


def test_a_refusal_about_the_caller_is_no_word_about_the_patient() -> None:
    with pytest.raises(SourceFailure, match="SOURCE_REFUSED"):
        accepted(Answer(403, {}, payload("kjernejournal/error-forbidden")))


def test_a_refusal_about_the_patient_is_its_own_reason() -> None:
    body = payload("kjernejournal/error-forbidden").replace(b"KJ-0018", b"KJ-0019")
    with pytest.raises(SourceFailure, match="BLOCKED"):
        accepted(Answer(403, {}, body))


def test_not_found_is_no_kjernejournal_only_in_kjernejournals_own_words() -> None:
    body = payload("kjernejournal/error-forbidden").replace(b"KJ-0018", b"KJ-0007")
    with pytest.raises(SourceFailure, match="NO_KJERNEJOURNAL"):
        accepted(Answer(404, {}, body))
    with pytest.raises(SourceFailure, match="SOURCE_ERROR"):
        accepted(Answer(404, {}, b"<h1>Not Found</h1>"))


def test_a_restriction_is_open_to_the_patient_but_not_to_a_parent() -> None:
    restricted = read_indicator(payload("kjernejournal/helseindikator-restricted"))
    told = {
        who: closing_codes(
            restricted, a_caller(access_basis=AccessBasis.INNSYN, representation=who)
        )
        for who in Representation
    }
    assert [who for who, codes in told.items() if not codes] == [Representation.SELF]


def test_both_kinds_are_one_section() -> None:
    section = joined({WireAllergy: allergies(), WireCondition: conditions()}, NOW)
    assert section.state is SectionState.OK
    assert len(section.items or ()) == 4
    assert section.retrieved_at == NOW


def test_one_kind_that_fails_leaves_the_other_and_is_told() -> None:
    section = joined({WireAllergy: allergies(), WireCondition: ReasonCode.SOURCE_TIMEOUT}, NOW)
    assert section.state is SectionState.PARTIAL
    assert len(section.items or ()) == 2
    assert section.reasons == (Reason(code=ReasonCode.PART_UNAVAILABLE, path="Condition"),)


def test_nothing_of_one_kind_and_a_failure_of_the_other_is_not_nothing() -> None:
    section = joined({WireAllergy: Part([], [], []), WireCondition: ReasonCode.SOURCE_ERROR}, NOW)
    assert section.items is None
    assert section.state is SectionState.PARTIAL


def test_both_failing_is_unavailable_with_both_reasons() -> None:
    section = joined(
        {WireAllergy: ReasonCode.SOURCE_TIMEOUT, WireCondition: ReasonCode.SOURCE_ERROR}, NOW
    )
    assert section.state is SectionState.UNAVAILABLE
    assert [r.code for r in section.reasons] == [
        ReasonCode.SOURCE_TIMEOUT,
        ReasonCode.SOURCE_ERROR,
    ]
    assert section.retrieved_at is None


def test_a_block_outranks_what_came_through_before_it() -> None:
    section = joined({WireAllergy: allergies(), WireCondition: ReasonCode.BLOCKED}, NOW)
    assert section.items is None
    assert section.state is SectionState.WITHHELD
    assert section.retrieved_at == NOW
