"""The patient as the graph shows one: identity, plan, and the sections that sources feed."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from domain.access import patient as domain_patient
from domain.access.relation import Basis
from domain.access.standing import Standing
from domain.access.subject import Gender
from domain.identity_number import IdentityNumberKind
from resolvers import (
    consent,
    correction,
    delivery,
    lock,
    log,
    log_question,
    notice,
    patient,
    preview,
    proposal,
    report,
    rule,
    source,
    template,
)
from resolvers import plan as plans
from resolvers import reservation as reservations
from resolvers import series as measured
from schema.access_rule import AccessRule, Representation
from schema.appointment import AppointmentSection
from schema.care_team import CareTeamSection
from schema.consent import Consent
from schema.correction import CorrectionRequest
from schema.cost import CALL
from schema.critical_info import CriticalInfoSection
from schema.delivery import Delivery
from schema.document import DocumentSection
from schema.field import enum, fetched, field, plain, whole
from schema.lock import Block, OpenedAccess, Restriction
from schema.log import LogConnection, LogQuestion
from schema.medication import MedicationSection
from schema.node import Node
from schema.notice import PatientNoticeConnection
from schema.plan import Plan
from schema.proposal import Proposals
from schema.report import ReportConnection
from schema.representative import Representative
from schema.reservation import Erasure, Reservation
from schema.scalars import IdentityNumberScalar
from schema.series import Series, Silence
from schema.template import PlanTemplate

enum(
    Gender,
    "Administrative gender (FHIR).",
    FEMALE="Female.",
    MALE="Male.",
    OTHER="Other.",
    UNKNOWN="Not known.",
)
enum(
    IdentityNumberKind,
    "The series of an identity number.",
    NATIONAL="Fødselsnummer.",
    D_NUMBER="D-nummer, for persons who are not residents.",
    TEMPORARY="Felles hjelpenummer, when nothing else is known.",
)
enum(
    Basis,
    "What an access rests on.",
    OWN="It is the viewer's own.",
    PARENT="Parental responsibility; how much it opens follows the child's age.",
    CHILD_WELFARE="The viewer's child welfare service has taken over the care of the child.",
    GUARDIAN="Guardianship (vergemål), within its mandate.",
    LASTING_POWER="A lasting power of attorney (fremtidsfullmakt), within its mandate.",
    POWER_OF_ATTORNEY="A power of attorney (fullmakt), within the rights that it names.",
    ADVISER="A doctor or lawyer who reads for the patient (pbrl. § 5-1).",
    NEXT_OF_KIN="Next of kin of a patient who can't consent, or who has died.",
    CARE_TEAM="The viewer's organisation takes part in the care.",
    SHARE="A plan part, or pieces of one, is shared with the viewer or their organisation.",
    HANDOVER="The patient is being handed over to the viewer's organisation.",
    OVERSIGHT="The viewer is privacy officer, and sees the log only.",
    EMERGENCY="Emergency access, opened with a reason and for a short time.",
    ATTEST="The viewer's organisation attests a service need for this patient.",
)

_REFUSED = " Refused (NOT_SHARED) to those with whom only pieces of parts are shared."


@strawberry.type(description="A number that identifies the patient, now or earlier.")
class PatientIdentifier:
    value: IdentityNumberScalar = plain("The number.")
    kind: IdentityNumberKind = plain("Its series.")


@strawberry.type(description="Why the viewer may see this patient.")
class AccessBasis:
    basis: Basis = plain("What the access rests on.")
    origin: str = plain(
        "Where that is known from, in words: the viewer's own membership of the care team before "
        "their unit's."
    )
    since: datetime = plain("From when it holds.")
    until: datetime | None = plain("Until when it holds, not included; null is open-ended.")
    standing: Standing | None = plain("As what the viewer stands before the patient.")
    notice: str | None = field(
        patient.notice,
        "What the patient and everybody who represents the patient is always told, whether anything "
        "is left out or not; to be shown wherever the patient is. Null to others.",
    )


@strawberry.type(description="A person whose plan this is.")
class Patient(Node):
    name: str = plain("The whole name.")
    given_name: str = plain("The given and middle names.")
    family_name: str = plain("The family name.")
    birth_date: date | None = whole(
        f"The day of birth, from the register; never read out of a number.{_REFUSED}"
    )
    age: int | None = field(patient.age, f"Completed years today, or at death.{_REFUSED}")
    gender: Gender | None = whole(f"Administrative gender.{_REFUSED}")
    died_on: date | None = whole(f"The day of death.{_REFUSED}")
    identity_numbers: list[PatientIdentifier] | None = whole(
        f"Identity numbers, the current ones first.{_REFUSED}", size=5
    )
    access: AccessBasis | None = field(patient.access_basis, "Why the viewer may see this patient.")
    plan: Plan | None = field(plans.for_patient, "The overall plan; null when there is none.")
    suggested_templates: list[PlanTemplate] | None = field(
        template.suggested_for,
        "Templates that suit the patient's age and a problem in the plan; refused (ROLE) to all "
        "but health personnel.",
        size=10,
    )
    representatives: list[Representative] | None = field(
        preview.representatives,
        "Who acts for the patient now, for `viewAs`; refused (ROLE) to all but health personnel.",
        size=5,
    )
    consents: list[Consent] | None = field(
        consent.for_patient, "The patient's consents, the open ones first.", size=10
    )
    reservation: Reservation | None = field(
        reservations.standing, "The reservation that stands; null without one."
    )
    restrictions: list[Restriction] | None = field(
        lock.restrictions,
        "The restrictions that stand, to the patient's side and to health personnel.",
        size=5,
    )
    blocks: list[Block] | None = field(
        lock.blocks,
        "The blocks that stand, to the patient's side. Personnel see those that their own unit has "
        "written down, and whoever is blocked sees none.",
        size=10,
    )
    opened_access: list[OpenedAccess] | None = field(
        lock.opened,
        "What was opened on consent or in an emergency, the newest 100: all of it to the patient's "
        "side, to personnel their own.",
        size=20,
    )
    erasures: list[Erasure] | None = field(
        reservations.erasures,
        "Proofs of what was erased, to who represents the patient without how much; refused (PATIENT_ONLY) to all others.",
        size=5,
    )
    deliveries: list[Delivery] | None = field(
        delivery.for_patient, "What records have been given, newest first.", size=20
    )
    correction_requests: list[CorrectionRequest] | None = field(
        correction.for_patient,
        "Requests to correct or delete an entry, newest first; to personnel those that their own "
        "organisation decides.",
        size=20,
    )
    notices: PatientNoticeConnection | None = field(
        notice.for_patient,
        "What the viewer is told about this patient, newest first.",
        first="At most so many, from 1 to 100.",
        after="Continue after this cursor.",
    )
    log: LogConnection | None = field(
        log.for_patient,
        "The log of use, newest first: all of it to the patient, to others what they may know. "
        "What the viewer does now stands in the next answer.",
        first="At most so many lines, from 1 to 100.",
        after="Continue after this cursor.",
    )
    log_questions: list[LogQuestion] | None = field(
        log_question.for_patient,
        "What the patient's side has asked about the log, newest first, with the answers.",
        size=20,
    )
    access_rules: list[AccessRule] | None = field(
        rule.for_patient,
        "What was decided about who sees the plan, newest first: all of it to health personnel, to "
        "others what they may know.",
        size=10,
    )
    representations: list[Representation] | None = field(
        rule.representations,
        "Who acts for the patient by what was registered here, newest first; a representative sees "
        "their own.",
        size=5,
    )
    medications: MedicationSection = fetched(source.MEDICATIONS, "Medicines in use.")
    critical_info: CriticalInfoSection = fetched(
        source.CRITICAL_INFO, "What anyone who treats the patient must know first."
    )
    appointments: AppointmentSection = fetched(source.APPOINTMENTS, "Hospital appointments.")
    care_team: CareTeamSection = fetched(
        source.CARE_TEAM, "Those who treat the patient according to the hospital."
    )
    documents: DocumentSection = fetched(source.DOCUMENTS, "Documents that the hospital shares.")
    proposals: Proposals | None = field(
        proposal.for_patient,
        "What sources know that the plan may take over. Refused (ROLE) to all but personnel.",
        weight=3 * CALL,
    )

    reports: ReportConnection | None = field(
        report.for_patient,
        "What was reported and measured, newest received first. Those who have been given single "
        "parts see their own reports only.",
        first="At most so many reports, from 1 to 100.",
        after="Continue after this cursor.",
    )
    series: Series | None = field(
        measured.for_patient,
        "A measurement over time; refused (NOT_SHARED) to a vendor.",
        observable="What was measured.",
        since="From when, included.",
        until="Until when, not included; at most 400 days later.",
    )
    silent: list[Silence] | None = field(
        measured.silent,
        "What the active self-care plan asks to be measured and has no value for in time; refused "
        "(NOT_SHARED) to a vendor.",
        size=10,
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        return isinstance(value, domain_patient.Patient)
