"""handovers, reviews and tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('task_claim',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('by', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_task_claim_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'organisation', 'kind', 'subject_id', name=op.f('pk_task_claim'))
    )
    op.create_table('review',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('content_version', sa.Integer(), nullable=False),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('participants', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('next_due', sa.Date(), nullable=True),
    sa.Column('by', sa.JSON(), nullable=False),
    sa.CheckConstraint("outcome IN ('KEEP', 'REVISE', 'END')", name=op.f('ck_review_outcome')),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_review_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_review'))
    )
    op.create_index('ix_review_part_newest', 'review', ['patient_id', 'part_id', sa.literal_column('held_at DESC'), 'id'], unique=False)
    op.add_column('care_team_member', sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False))
    op.add_column('care_team_member', sa.Column('hpr_number', sa.Text(), nullable=True))
    op.create_unique_constraint(op.f('uq_care_team_member_id'), 'care_team_member', ['id'])
    op.create_index('ix_event_patient_newest', 'event', ['patient_id', sa.literal_column('at DESC')], unique=False)
    op.alter_column('handover', 'closed_at', new_column_name='decided_at')
    op.add_column('handover', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.add_column('handover', sa.Column('state', sa.Text(), server_default='OPEN', nullable=False))
    op.add_column('handover', sa.Column('part_ids', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.add_column('handover', sa.Column('from_organisation_name', sa.Text(), nullable=True))
    op.add_column('handover', sa.Column('to_organisation_name', sa.Text(), nullable=True))
    op.add_column('handover', sa.Column('message', sa.Text(), nullable=True))
    op.add_column('handover', sa.Column('move', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('handover', sa.Column('open_actions', sa.JSON(), server_default='[]', nullable=False))
    op.add_column('handover', sa.Column('opened_by', sa.JSON(), server_default='{}', nullable=False))
    op.add_column('handover', sa.Column('decided_by', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('handover', sa.Column('decision_reason', sa.Text(), nullable=True))
    op.add_column('handover', sa.Column('left_out', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    # The first handovers named no parts and no persons: they were about all that the sender answers
    # for, and one that was closed has moved nothing.
    op.execute("""
        UPDATE handover
           SET state = CASE WHEN decided_at IS NULL THEN 'OPEN' ELSE 'WITHDRAWN' END,
               opened_by = json_build_object('name', from_organisation,
                                             'organisationNumber', from_organisation),
               part_ids = ARRAY(
                   SELECT 'prt_' || part.id FROM plan_part AS part
                    WHERE part.patient_id = handover.patient_id
                      AND part.lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD')
                      AND part.responsible ->> 'organisationNumber' = from_organisation
                    ORDER BY part.kind)
    """)
    for column in ('version', 'state', 'part_ids', 'open_actions', 'opened_by', 'left_out'):
        op.alter_column('handover', column, server_default=None)
    op.create_check_constraint(op.f('ck_handover_state'), 'handover', "state IN ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')")
    op.create_index('ix_handover_waiting', 'handover', ['to_organisation', 'opened_at', 'id'], unique=False, postgresql_where=sa.text("state = 'OPEN'"))
    op.create_unique_constraint(op.f('uq_handover_id'), 'handover', ['id'])
    # A list that is asked "what since" must know of every event.
    op.execute("""
        UPDATE worklist_entry AS entry
           SET changed_at = greatest(entry.changed_at, event.at)
          FROM (SELECT patient_id, max(at) AS at FROM event GROUP BY patient_id) AS event
         WHERE event.patient_id = entry.patient_id
    """)


def downgrade() -> None:
    op.drop_constraint(op.f('uq_handover_id'), 'handover', type_='unique')
    op.drop_index('ix_handover_waiting', table_name='handover', postgresql_where=sa.text("state = 'OPEN'"))
    op.drop_column('handover', 'left_out')
    op.drop_column('handover', 'decision_reason')
    op.drop_column('handover', 'decided_by')
    op.drop_column('handover', 'opened_by')
    op.drop_column('handover', 'open_actions')
    op.drop_column('handover', 'move')
    op.drop_column('handover', 'message')
    op.drop_column('handover', 'to_organisation_name')
    op.drop_column('handover', 'from_organisation_name')
    op.drop_column('handover', 'part_ids')
    op.drop_constraint(op.f('ck_handover_state'), 'handover', type_='check')
    op.drop_column('handover', 'state')
    op.drop_column('handover', 'version')
    op.alter_column('handover', 'decided_at', new_column_name='closed_at')
    op.drop_index('ix_event_patient_newest', table_name='event')
    op.drop_constraint(op.f('uq_care_team_member_id'), 'care_team_member', type_='unique')
    op.drop_column('care_team_member', 'hpr_number')
    op.drop_column('care_team_member', 'version')
    op.drop_index('ix_review_part_newest', table_name='review')
    op.drop_table('review')
    op.drop_table('task_claim')
