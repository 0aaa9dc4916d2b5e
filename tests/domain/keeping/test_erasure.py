from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.keeping.delivery import delivered, of_activated
from domain.keeping.erasure import ErasedTable, Erasure, is_chain, receipts, sealed
from tests.builders import HOSPITAL, NOW
from tests.domain.parts import a_part


def _chain(count: int) -> list[Erasure]:
    chain: list[Erasure] = []
    for number in range(count):
        erasure = Erasure(
            id=f"ers_{number}",
            patient_id=f"pat_{number}",
            reservation_id=f"rsv_{number}",
            at=NOW,
            tables=(ErasedTable(table="plan", rows=1),),
        )
        chain.append(sealed(erasure, chain[-1].digest if chain else ""))
    return chain


@pytest.mark.parametrize("length", [0, 1, 3])
def test_what_was_sealed_is_a_chain(length: int) -> None:
    assert is_chain(_chain(length))


@pytest.mark.parametrize(
    "change",
    [
        {"patient_id": "pat_9"},
        {"at": NOW.replace(year=2020)},
        {"tables": ()},
        {"digest": "0" * 64},
        {"previous": "0" * 64},
    ],
)
def test_a_changed_one_is_noticed(change: dict[str, Any]) -> None:
    first, second, third = _chain(3)
    assert not is_chain([first, replace(second, **change), third])


def test_one_taken_out_is_noticed_and_so_is_another_order() -> None:
    first, second, third = _chain(3)
    assert not is_chain([first, third])
    assert not is_chain([second, first, third])
    assert not is_chain([second, third])


def test_the_proof_names_where_each_version_is_kept() -> None:
    waiting = of_activated(a_part())
    (kept,) = receipts([delivered(waiting, "J-1", NOW)])
    assert (kept.receipt, kept.organisation_number) == ("J-1", HOSPITAL)
    assert receipts([waiting]) == ()
