"""The fixed scenarios: what is asked of both contenders, and what of the sources it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

QUERIES = Path(__file__).resolve().parent / "queries"
PATIENTS_ON_LIST = 50
Body = dict[str, object]


@dataclass(frozen=True)
class Scenario:
    """One fixed question.

    `viewer` is the test person who asks. `sections` names the chains of source calls that its
    answer waits for. `calls` says how many calls to each source one answer takes; more would be
    wasted, fewer would be a cache.
    """

    name: str
    query: str
    view: str
    chains: str
    sections: frozenset[str]
    calls: Mapping[str, int]
    latency_ms: int = 0
    viewer: str = "citizen"

    @property
    def is_list(self) -> bool:
        """Tell whether it is about many patients."""
        return self.view == "/worklist"

    def question(self, patient_id: str) -> Body:
        """Return what is asked, as the plain handler reads it."""
        return {"first": PATIENTS_ON_LIST} if self.is_list else {"id": patient_id}

    def operation(self, patient_id: str) -> Body:
        """Return what is asked, as a GraphQL request."""
        text = (QUERIES / f"{self.query}.graphql").read_text()
        return {"query": text, "variables": self.question(patient_id)}


_WHOLE = frozenset({"medications", "criticalInfo", "appointments", "careTeam", "documents"})
_MEDICINES = frozenset({"medications"})
_ALL_CALLS = {"kjernejournal": 3, "medication": 1, "hospital": 3}

SCENARIOS = (
    Scenario("full", "full", "/full", "/chains/patient", _WHOLE, _ALL_CALLS),
    Scenario("small", "small", "/small", "/chains/patient", _MEDICINES, {"medication": 1}),
    Scenario(
        "list50",
        "list50",
        "/worklist",
        "/chains/worklist",
        _MEDICINES,
        {"medication": PATIENTS_ON_LIST},
        viewer="clinician",
    ),
    Scenario("slow50", "full", "/full", "/chains/patient", _WHOLE, _ALL_CALLS, latency_ms=50),
)


def http_request(path: str, token: str, body: Body) -> bytes:
    """Return a POST as it goes over the wire."""
    content = msgspec.json.encode(body)
    head = (
        f"POST {path} HTTP/1.1\r\n"
        "host: 127.0.0.1\r\n"
        "content-type: application/json\r\n"
        "accept: application/json\r\n"
        f"authorization: Bearer {token}\r\n"
        f"content-length: {len(content)}\r\n\r\n"
    )
    return head.encode("ascii") + content
