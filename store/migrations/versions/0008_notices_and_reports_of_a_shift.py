"""notices, and reports of a shift.

Who is told of which event, and who has read it, are tables of their own; what happened before is told
to nobody.

A report's urgency, and since when it stands as it does, are kept beside it, so that a shift's reports
are found without reading all of a patient's.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

# As domain/following/report.py has it: the worst that was evaluated, chosen, ticked, or was so when measured,
# and yellow where a value says nothing.
_FOLLOW = """
    UPDATE report
       SET stands_since = greatest(received_at,
                                   (change ->> 'at')::timestamptz,
                                   (receiving ->> 'seenAt')::timestamptz,
                                   (receiving ->> 'actedAt')::timestamptz,
                                   (receiving ->> 'escalatedAt')::timestamptz),
           urgency = (
               SELECT CASE max(badness) WHEN 3 THEN 'RED' WHEN 2 THEN 'YELLOW' WHEN 1 THEN 'GREEN' END
                 FROM (SELECT CASE level WHEN 'RED' THEN 3 WHEN 'YELLOW' THEN 2 END
                         FROM (SELECT chosen
                               UNION ALL
                               SELECT sign ->> 'level' FROM json_array_elements(signs) AS sign
                               UNION ALL
                               SELECT CASE finding ->> 'doubt'
                                      WHEN 'OLD' THEN finding ->> 'wouldBe' ELSE 'YELLOW' END
                                 FROM json_array_elements(assessment -> 'findings') AS finding
                                WHERE finding ->> 'doubt'
                                      IN ('OLD', 'IMPOSSIBLE', 'WRONG_UNIT', 'IN_THE_FUTURE')
                                  AND EXISTS (SELECT FROM measurement AS own
                                               WHERE own.patient_id = report.patient_id
                                                 AND own.report_id = report.id
                                                 AND finding ->> 'measurementId' = 'msm_' || own.id)
                              ) AS told (level)
                       UNION ALL
                       SELECT CASE assessment ->> 'level'
                              WHEN 'RED' THEN 3 WHEN 'YELLOW' THEN 2 WHEN 'GREEN' THEN 1 END
                      ) AS found (badness))
    """
_WAIT = """
    UPDATE report SET waits_as = urgency
     WHERE urgency IN ('YELLOW', 'RED') AND change IS NULL
       AND receiving ->> 'seenAt' IS NULL AND receiving ->> 'actedAt' IS NULL
    """
# As store/worklist.py has it: who has been given pieces of parts learns nothing of what waits.
_COUNT = """
    UPDATE worklist_entry AS entry
       SET unseen_yellows = (SELECT count(*) FROM report
                              WHERE patient_id = entry.patient_id AND waits_as = 'YELLOW')
     WHERE EXISTS (SELECT FROM care_team_member AS tie
                    WHERE tie.patient_id = entry.patient_id
                      AND tie.organisation_number = entry.organisation)
        OR EXISTS (SELECT FROM share AS tie
                    WHERE tie.patient_id = entry.patient_id
                      AND tie.organisation_number = entry.organisation
                      AND 'WHOLE_PART' = ANY(tie.scopes))
        OR EXISTS (SELECT FROM handover AS tie
                    WHERE tie.patient_id = entry.patient_id
                      AND tie.to_organisation = entry.organisation)
    """


def upgrade() -> None:
    op.add_column('report', sa.Column('urgency', sa.Text(), nullable=True))
    op.add_column('report', sa.Column('stands_since', sa.DateTime(timezone=True), nullable=True))
    for statement in (_FOLLOW, _WAIT, _COUNT):
        op.execute(statement)
    op.alter_column('report', 'stands_since', nullable=False)
    op.create_check_constraint(op.f('ck_report_urgency'), 'report', "urgency IN ('GREEN', 'YELLOW', 'RED')")
    op.create_index('ix_report_urgent', 'report', ['patient_id', 'stands_since'], unique=False, postgresql_where=sa.text("urgency IN ('YELLOW', 'RED')"))


    op.create_table('notice',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('to_kind', sa.Text(), nullable=False),
    sa.Column('to_key', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("to_kind IN ('PATIENT_SIDE', 'CITIZEN', 'PERSONNEL', 'SENDER', 'ORGANISATION', 'SHARE')", name=op.f('ck_notice_to_kind')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_notice_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_notice_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'event_id', 'to_kind', 'to_key', name=op.f('pk_notice'))
    )
    op.create_index('ix_notice_newest', 'notice', ['to_kind', 'to_key', sa.literal_column('at DESC'), sa.literal_column('event_id DESC')], unique=False)
    op.create_table('notice_read',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('reader', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_notice_read_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_notice_read_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'event_id', 'reader', name=op.f('pk_notice_read'))
    )


def downgrade() -> None:
    op.drop_table('notice_read')
    op.drop_index('ix_notice_newest', table_name='notice')
    op.drop_table('notice')
    op.drop_index('ix_report_urgent', table_name='report', postgresql_where=sa.text("urgency IN ('YELLOW', 'RED')"))
    op.drop_constraint(op.f('ck_report_urgency'), 'report', type_='check')
    op.drop_column('report', 'stands_since')
    op.drop_column('report', 'urgency')
