from __future__ import annotations

from uuid import UUID

import pytest

from domain import ids
from domain.errors import NotFound

KEY = "0195bb24-0000-7000-8000-000000000000"


def test_a_public_id_holds_its_uuid() -> None:
    assert ids.uuid_of(f"pat_{KEY}", ids.PATIENT) == UUID(KEY)


@pytest.mark.parametrize("bad", ["", KEY, f"pln_{KEY}", "pat_", "pat_x", "pat_" + "9" * 5000])
def test_what_is_not_an_id_names_nothing(bad: str) -> None:
    with pytest.raises(NotFound):
        ids.uuid_of(bad, ids.PATIENT)
