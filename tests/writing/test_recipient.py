from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.content.contact import ContactPoint
from domain.content.passage import Heading
from domain.errors import NotFound
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from domain.writing.rejection import NotAllowed
from resolvers import patient as patients
from resolvers.writing import part, sharing
from resolvers.writing.write import Write
from tests.builders import NOW
from tests.writing.clinic import INGRID, SAID, Clinic
from tests.writing.shares import ASSISTANT, BERIT, DAY, SCHOOL, part_of_recipient, shared

WITH_HOMES = replace(
    SAID,
    contacts=(
        ContactPoint(id="k1", label="Kari Fjell (forelder)", phone="90012345"),
        ContactPoint(id="k2", label="Ola Fjell (forelder)", phone="95001122"),
    ),
)


async def test_a_named_recipient_logs_in_and_finds_the_pieces(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await shared(clinic, part_id, **ASSISTANT)
    shown = await part_of_recipient(clinic, BERIT)
    assert shown is not None
    assert shown.content is not None
    assert shown.content.self_care is not None
    assert [zone.level.name for zone in shown.content.self_care.zones] == ["GREEN", "YELLOW", "RED"]
    assert shown.content.self_care.medicines == ()
    assert [passage.id for passage in shown.content.passages] == [
        passage.id for passage in SAID.passages if passage.heading is Heading.ROUTINES
    ]
    assert (shown.content.contacts, shown.content.goals) == ((), ())


async def test_a_named_recipient_s_access_ends_by_itself(clinic: Clinic) -> None:
    await shared(clinic, await clinic.active(), **ASSISTANT)
    clinic.now = NOW + 30 * DAY
    assert await part_of_recipient(clinic, BERIT) is None


async def test_a_named_recipient_s_access_ends_when_the_share_is_withdrawn(clinic: Clinic) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id, **ASSISTANT)
    await clinic.do(clinic.kari, sharing.WITHDRAW, share_id=share.id, expected_version=1)
    assert await part_of_recipient(clinic, BERIT) is None
    with pytest.raises(NotFound):
        await clinic.part(BERIT, part_id)


async def test_pieces_of_a_part_that_is_no_longer_followed_are_not_shown(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await shared(clinic, part_id, **ASSISTANT)
    done = {"part_id": part_id, "expected_version": 2, "reason": "Nådd"}
    await clinic.do(INGRID, part.COMPLETE, **done)
    with pytest.raises(NotFound):
        await clinic.part(BERIT, part_id)


async def test_a_recipient_can_t_try_numbers_to_learn_whose_plan_it_is(clinic: Clinic) -> None:
    await shared(clinic, await clinic.active(), **ASSISTANT)
    number = clinic.nora.identity_number
    assert number is not None
    with pytest.raises(NotFound):
        await patients.by_identity_number(clinic.context(BERIT), number)


async def test_the_other_parent_s_number_does_not_go_along(clinic: Clinic) -> None:
    part_id = await clinic.active(content=WITH_HOMES)
    contacts = {"scopes": (ShareScope.CONTACTS,)}
    await shared(clinic, part_id, **ASSISTANT | contacts)
    shown = await part_of_recipient(clinic, BERIT)
    assert shown is not None
    assert shown.content is not None
    assert [line.label for line in shown.content.contacts] == ["Kari Fjell (forelder)"]


async def test_what_personnel_share_carries_no_parent_s_number(clinic: Clinic) -> None:
    part_id = await clinic.active(content=WITH_HOMES)
    contacts = {"scopes": (ShareScope.CONTACTS,)}
    await shared(clinic, part_id, by=INGRID, **ASSISTANT | contacts)
    shown = await part_of_recipient(clinic, BERIT)
    assert shown is not None
    assert shown.content is not None
    assert shown.content.contacts == ()


async def test_a_recipient_writes_nothing(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await shared(clinic, part_id, **ASSISTANT)
    answer = await clinic.ask(BERIT, sharing.SHARE, part_id=part_id, **SCHOOL)
    assert answer == NotAllowed(reason=Refusal.NOT_SHARED)


async def test_a_recipient_signs_as_the_recipient(clinic: Clinic) -> None:
    await shared(clinic, await clinic.active(), **ASSISTANT)
    ctx = clinic.context(BERIT)
    await patients.of_viewer(ctx, BERIT)
    async with clinic.store.unit.begin(clinic.patient_id) as unit:
        write = Write(
            operation=sharing.SHARE.command.operation,
            viewer=BERIT,
            access=ctx.decisions[clinic.patient_id],
            unit=unit,
            templates=clinic.store.template,
            now=NOW,
        )
        assert (write.author.name, write.author.role) == ("Berit Sand", "Mottaker av deling")
