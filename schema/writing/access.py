"""Who sees a child's plan, what is hidden, and who acts for a patient, as it is written."""

from __future__ import annotations

import strawberry

from resolvers.writing import child, hiding, kin, representation, standing
from schema.given_word import Choice
from schema.mutation_field import mutation
from schema.payload import RepresentationPayload, RulePayload
from schema.rejection import NoChange, VersionConflict

_PATIENT = "Whose plan."
_SEEN = "The version that the writer has seen; a newer one is a conflict."
_STANDS = "The version of what stands, that the writer has seen; null when nothing does."
_RULE = {"rule_id": "The rule.", "expected_version": _SEEN}
_HIDDEN = {
    "patient_id": _PATIENT,
    "part_id": "The part; null when a kind of data is hidden.",
    "line_id": "The line of that part, also of an open draft; null for the whole part.",
    "right": "The kind of data, all of it: a source's section, or READ_REPORTS.",
}
_PARENT = "The parent that is meant, by identity number; null for all."


@strawberry.type(description="What is decided about who sees a plan, and who acts for a patient.")
class AccessMutations:
    hide_from_parents = mutation(
        hiding.HIDE,
        "Hide something from parents, so that they don't learn that it is there. For health "
        "personnel; a youth asks for it in a comment that only personnel see. Best done while it "
        "still is in a draft. Free texts elsewhere that speak of it are not found by it.",
        RulePayload,
        NoChange,
        **_HIDDEN,
        reason="Why; never shown to parents.",
        parent=_PARENT,
    )
    stop_hiding = mutation(
        hiding.STOP,
        "Let parents see what was hidden from them, also what it said before.",
        RulePayload,
        VersionConflict,
        NoChange,
        **_RULE,
    )
    refuse_own_access = mutation(
        hiding.REFUSE,
        "Keep something from the patient, to prevent danger to life or serious harm (pbrl. § 5-1). "
        "For doctors; a doctor or lawyer can be registered to read it for the patient.",
        RulePayload,
        NoChange,
        **_HIDDEN,
        reason="Why it is strictly needed.",
    )
    end_refusal = mutation(
        hiding.END_REFUSAL,
        "Let the patient see what they were refused.",
        RulePayload,
        VersionConflict,
        NoChange,
        **_RULE,
    )
    decide_for_parents = mutation(
        child.FOR_PARENTS,
        "Decide what parents keep: from 90 days before the child is 12, and at any age where the "
        "child welfare service has the care. A decision about a child of 12 to 15 ends when the "
        "child is 16.",
        RulePayload,
        VersionConflict,
        NoChange,
        patient_id=_PATIENT,
        rights="What they keep; nothing is a decision, too.",
        reason="Why, in words fit for the child's age; shown to child and parents.",
        expected_version=_STANDS,
        parent=_PARENT,
    )
    decide_for_youth = mutation(
        child.FOR_YOUTH,
        "Decide what a youth under 16 with an own login sees beyond the zone sheet and reports.",
        RulePayload,
        VersionConflict,
        NoChange,
        patient_id=_PATIENT,
        rights="What is suitable.",
        reason="Why, in words fit for the youth's age.",
        expected_version=_STANDS,
    )
    end_decision = mutation(
        child.END,
        "End a decision about what parents keep, or what a youth sees.",
        RulePayload,
        VersionConflict,
        NoChange,
        **_RULE,
    )
    give_own_access = mutation(
        child.GIVE_ACCESS,
        "Agree that the child logs in alone from the age that is set. By a parent of a child under "
        "12; from then on health personnel write down the word of child and parents.",
        RulePayload,
        VersionConflict,
        NoChange,
        like=Choice,
        patient_id=_PATIENT,
    )
    withdraw_own_access = mutation(
        child.WITHDRAW_ACCESS,
        "Take back the agreement to the child's own login.",
        RulePayload,
        VersionConflict,
        NoChange,
        like=Choice,
        **_RULE,
    )
    register_incapacity = mutation(
        standing.REGISTER_INCAPACITY,
        "Register that a patient of 16 or more can't consent (pbrl. §§ 4-5, 4-6). For doctors and "
        "psychologists.",
        RulePayload,
        VersionConflict,
        NoChange,
        patient_id=_PATIENT,
        reason="What the assessment rests on.",
        until="When it is to be assessed anew; null is until somebody ends it.",
        expected_version=_STANDS,
    )
    end_incapacity = mutation(
        standing.END_INCAPACITY,
        "Register that the patient can consent again.",
        RulePayload,
        VersionConflict,
        NoChange,
        **_RULE,
    )
    register_care_taken_over = mutation(
        standing.REGISTER_CARE,
        "Register that a child welfare service has taken over the care of a child: it stands in the "
        "parents' place, and what they keep is decided anew.",
        RulePayload,
        VersionConflict,
        NoChange,
        patient_id=_PATIENT,
        organisation_number="The service's organisation number.",
        organisation_name="What the service is called.",
        reason="The decision it rests on, and who has shown it.",
        expected_version=_STANDS,
    )
    end_care_taken_over = mutation(
        standing.END_CARE,
        "Register that the child welfare service no longer has the care.",
        RulePayload,
        VersionConflict,
        NoChange,
        **_RULE,
    )
    register_representation = mutation(
        representation.REGISTER,
        "Register that somebody acts for the patient. A power of attorney is given by the patient "
        "from 16, also written down by health personnel; the other kinds are registered by health "
        "personnel who have seen the document.",
        RepresentationPayload,
        NoChange,
        like=Choice,
        patient_id=_PATIENT,
        kind="What it rests on: POWER_OF_ATTORNEY, GUARDIAN, LASTING_POWER or ADVISER.",
        representative_number="Whoever is to act, by identity number; it is never shown.",
        representative_name="Their name.",
        representative_born="Their day of birth: it must be 18 years ago.",
        areas="What it is for; none for ADVISER, whose rights the law names.",
        until="Until when; null is until it is ended.",
        document="The document that personnel have seen, in words; null by the patient.",
    )
    end_representation = mutation(
        representation.END,
        "End a representation at once: by the patient, or by health personnel.",
        RepresentationPayload,
        VersionConflict,
        NoChange,
        representation_id="The representation.",
        expected_version=_SEEN,
    )
    inform_kin = mutation(
        kin.INFORM,
        "Let one of the next of kin read the plan: of a patient who can't consent, or who has died "
        "(pbrl. §§ 3-3 and 5-1). By who answers for a part, doctors and psychologists, unless there are "
        "particular reasons against it.",
        RepresentationPayload,
        NoChange,
        patient_id=_PATIENT,
        representative_number="Whoever is to read, by identity number; it is never shown.",
        representative_name="Their name.",
        document="Who they are to the patient, and how that is known.",
    )
    stop_informing_kin = mutation(
        kin.STOP,
        "Let one of the next of kin read no more.",
        RepresentationPayload,
        VersionConflict,
        NoChange,
        representation_id="The representation.",
        expected_version=_SEEN,
    )
