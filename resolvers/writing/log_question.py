"""The patient's side asks about a line of the log of use; the privacy officer answers."""

from __future__ import annotations

from typing import ClassVar

from domain import ids
from domain.access.log_line import LogQuestion, answered
from domain.command import Command
from domain.event import EventKind
from domain.operation import Operation
from domain.refusal import Refusal
from domain.writing.rejection import NoChange, NotAllowed, Rejected
from domain.written import LogQuestionWritten
from resolvers import access
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version
from store.listing import LOG_QUESTIONS


class AskAboutLogEntry(Command):
    """Ask the privacy officer about a line of the log."""

    operation: ClassVar[Operation] = Operation.ASK_ABOUT_LOG
    about: ClassVar[str] = "patient_id"

    patient_id: str
    entry_id: str
    text: str


class AnswerLogQuestion(Command):
    """Answer a question about the log; the answer can be corrected by a new one."""

    operation: ClassVar[Operation] = Operation.ANSWER_ABOUT_LOG
    about: ClassVar[str] = "question_id"

    question_id: str
    expected_version: int
    answer: str


async def _ask(write: Write, command: AskAboutLogEntry) -> Done:
    write.permit(None)
    entry = await write.log_entry(command.entry_id)
    number = write.viewer.identity_number
    question = LogQuestion(
        id=ids.new(ids.LOG_QUESTION),
        patient_id=write.patient.id,
        version=1,
        entry_id=entry.id,
        text=command.text,
        asked_by=write.author,
        asked_at=write.now,
        legal_entity=entry.legal_entity,
        asked_by_number=number.value if number else None,
    )
    await write.unit.add(question)
    return Done(kind=EventKind.LOG_QUESTION_ASKED, subject_id=question.id, version=question.version)


async def _answer(write: Write, command: AnswerLogQuestion) -> Done:
    write.permit(None)
    question = await write.one_of(LOG_QUESTIONS, command.question_id)
    if question.legal_entity not in (None, write.viewer.legal_entity):
        raise Rejected(NotAllowed(reason=Refusal.NOT_RECEIVER))
    require_version(question, command.expected_version)
    if question.answer == command.answer:
        raise Rejected(NoChange())
    told = answered(question, command.answer, write.now, write.author)
    await write.unit.change(told)
    return Done(kind=EventKind.LOG_QUESTION_ANSWERED, subject_id=told.id, version=told.version)


ASK = Mutation(AskAboutLogEntry, LogQuestionWritten, _ask)
ANSWER = Mutation(AnswerLogQuestion, LogQuestionWritten, _answer, decides=access.for_oversight)
