from __future__ import annotations

from domain.following.urgent import UrgentPosition, UrgentReport
from tests.domain.nora import a_report


def test_an_urgent_report_knows_whose_it_is_and_its_place() -> None:
    report = a_report()
    urgent = UrgentReport(rank=1, report=report)
    assert urgent.patient_id == report.patient_id
    place = UrgentPosition(rank=1, received_at=report.received_at, report_id=report.id)
    assert urgent.position == place
