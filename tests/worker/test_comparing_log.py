"""What the log of use says of look-ups at sources that nobody asked for."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import delete, text

from domain.access.viewer import Viewer
from domain.outdated.comparison import ComparisonState
from domain.source.section import SectionName, SourceName
from resolvers import log
from resolvers import patient as patients
from store.log_writer import NotLogged
from store.tables import AuditEntryRow, IdentityNumberRow
from tests.builders import a_citizen
from tests.connectors.asking import NORA
from tests.worker.watch import OURS, Watch

MEDICINES = SectionName.MEDICATIONS
ASK = "POST /Patient/$getMedication"


async def _logged(watch: Watch) -> list[AuditEntryRow]:
    found = [row for row in await watch.clinic.rows(AuditEntryRow) if row.operation == "COMPARE"]
    return sorted(found, key=lambda row: row.place)


async def _sections(watch: Watch) -> Counter[str]:
    return Counter(name for row in await _logged(watch) for name in row.allowed)


async def _lines(watch: Watch, viewer: Viewer) -> list[str]:
    ctx = watch.clinic.context(viewer)
    page = await log.for_patient(ctx, await patients.by_id(ctx, watch.clinic.patient_id), first=100)
    found = [line for line in page.edges if line.operation.name == "COMPARE"]
    assert [log.shown(ctx, line) for line in found] == [[] for _ in found]
    return [log.sentence(ctx, line) for line in found]


async def test_each_look_up_is_one_entry_by_the_gateway_for_its_organisation(
    watch: Watch, part_id: str
) -> None:
    assert await _sections(watch) == {"MEDICATIONS": 1, "CRITICAL_INFO": 1, "APPOINTMENTS": 1}
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    assert (await _sections(watch))["MEDICATIONS"] == 2
    newest = (await _logged(watch))[-1]
    by: Any = newest.by  # read as it is kept, not as a noun
    assert (by["name"], by["organisationNumber"], newest.legal_entity) == ("DBEP", OURS, OURS)
    assert (newest.role, newest.basis, newest.purpose_of_use) == (None, None, "COC")
    assert newest.outcome is None
    await watch.turn()
    assert len(await _logged(watch)) == 4


async def test_the_patient_s_side_reads_one_line_a_day_that_names_no_source(
    watch: Watch, part_id: str
) -> None:
    said = (
        f"DBEP, system ved virksomhet {OURS}, spurte de andre systemene om noe er endret, "
        "for å se om planen fortsatt stemmer, 3 ganger denne dagen. Formål: samordning."
    )
    nora = a_citizen(NORA)
    for viewer in (nora, watch.clinic.kari):
        assert await _lines(watch, viewer) == [said]
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn(days=1)
    assert len(await _lines(watch, nora)) == 2


async def test_while_the_log_cannot_be_written_no_source_is_asked_and_nothing_is_kept(
    watch: Watch, part_id: str
) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    calls = watch.sources[SourceName.MEDICATION].calls
    calls.clear()
    async with watch.clinic.db.begin() as session:
        await session.execute(text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
        with pytest.raises(NotLogged):
            await watch.turn()
    assert calls[ASK] == 0
    assert await watch.state(part_id, MEDICINES) is ComparisonState.WAITING
    before = await _sections(watch)
    await watch.turn()
    assert calls[ASK] == 1
    assert await watch.state(part_id, MEDICINES) is ComparisonState.COMPARED
    assert (await _sections(watch))["MEDICATIONS"] == before["MEDICATIONS"] + 1


async def test_a_source_that_does_not_know_the_patient_by_a_number_is_not_looked_up_in(
    watch: Watch,
) -> None:
    async with watch.clinic.db.begin() as session:
        mine = IdentityNumberRow.patient_id == watch.clinic.key
        await session.execute(delete(IdentityNumberRow).where(mine))
    part_id = await watch.clinic.active()
    await watch.turn()
    assert await _logged(watch) == []
    assert await watch.state(part_id, MEDICINES) is ComparisonState.CLOSED
