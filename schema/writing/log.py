"""Questions about the log of use as they are written."""

from __future__ import annotations

import strawberry

from resolvers.writing import log_question
from schema.mutation_field import mutation
from schema.payload import LogQuestionPayload
from schema.rejection import NoChange, VersionConflict


@strawberry.type(description="What is asked and answered about the log of use.")
class LogMutations:
    ask_about_log_entry = mutation(
        log_question.ASK,
        "Ask the privacy officer about a line of the log of use. For the patient, and a parent of a "
        "child under 12.",
        LogQuestionPayload,
        patient_id="Whose log.",
        entry_id="The line, by its id.",
        text="What one wants to know.",
    )
    answer_log_question = mutation(
        log_question.ANSWER,
        "Answer a question about the log of use, or correct an answer. For the privacy officer.",
        LogQuestionPayload,
        VersionConflict,
        NoChange,
        question_id="The question.",
        expected_version="The version that the writer has seen; a newer one is a conflict.",
        answer="The answer, in plain words for whoever asked.",
    )
