"""A ward of a test's own: an organisation that no other test's patients belong to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from domain.access.viewer import Viewer
from resolvers import shift
from store.session import Sessions
from tests.builders import a_clinician
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import Clinic

Section = Any  # one of the report's sections, a function of the resolvers


class Ward:
    """Two nurses at one unit, and patients with a member of it in their team."""

    def __init__(self, db: Sessions) -> None:
        self.db = db
        self.organisation = f"9{uuid4().int % 10**8:08}"
        self.ingrid = self.nurse("Ingrid Haugen", "9144897")
        self.berit = self.nurse("Berit Aas", "9222333")

    def nurse(self, name: str, hpr: str) -> Viewer:
        """Return somebody at work in the ward."""
        return a_clinician(
            subject=f"s-{hpr}", name=name, hpr_number=hpr, organisation=self.organisation
        )

    async def patient(self) -> Clinic:
        """Take a new patient in."""
        clinic = await Clinic.open(self.db)
        await add(self.db, rows.a_member(clinic.key, self.organisation, organisation_name="Posten"))
        return clinic

    async def report(
        self, clinic: Clinic, section: Section, viewer: Viewer | None = None, **page: Any
    ) -> list[Any]:
        """Return a page of a section of the report since the patient's first day."""
        ctx = clinic.context(viewer or self.ingrid)
        made = await shift.report(ctx, clinic.opened)
        return list((await section(ctx, made, **page)).edges)
