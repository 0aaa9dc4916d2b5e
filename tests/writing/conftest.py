from __future__ import annotations

import pytest

from store.session import Sessions
from tests.writing.clinic import Clinic


@pytest.fixture
async def clinic(db: Sessions) -> Clinic:
    return await Clinic.open(db)
