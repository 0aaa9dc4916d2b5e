"""The code systems that a plan may name, by their URIs."""

from __future__ import annotations

ICD_10 = "urn:oid:2.16.578.1.12.4.1.1.7110"
ICPC_2 = "urn:oid:2.16.578.1.12.4.1.1.7170"
SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
NPU = "urn:oid:2.16.578.1.12.4.1.1.7280"
ATC = "http://www.whocc.no/atc"
ATC_BY_OID = "urn:oid:2.16.578.1.12.4.1.1.7180"
_FEST = "http://dmp.no/fhir/NamingSystem/festLegemiddel"

FOR_PROBLEMS = frozenset({ICD_10, ICPC_2, SNOMED_CT})
FOR_OBSERVABLES = frozenset({LOINC, SNOMED_CT, NPU})
FOR_MEDICINES = frozenset(
    {ATC, ATC_BY_OID, SNOMED_CT}
    | {_FEST + level for level in ("Merkevare", "Pakning", "Virkestoff", "Dose")}
)
