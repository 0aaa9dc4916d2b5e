"""drafts and what writes leave behind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('operation', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('by', sa.JSON(), nullable=False),
    sa.Column('by_number', sa.Text(), nullable=True),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('purpose_of_use', sa.Text(), nullable=True),
    sa.Column('correlation_id', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_audit_entry_patient_id_patient')),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_audit_entry'))
    )
    op.create_index('ix_audit_entry_newest', 'audit_entry', ['patient_id', sa.literal_column('at DESC'), 'id'], unique=False)
    op.create_table('event',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_event_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'number', name=op.f('pk_event')),
    sa.UniqueConstraint('id', name=op.f('uq_event_id'))
    )
    op.create_table('receipt',
    sa.Column('sender', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('operation', sa.Text(), nullable=False),
    sa.Column('input_hash', sa.LargeBinary(), nullable=False),
    sa.Column('subject_id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_receipt_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sender', 'key', name=op.f('pk_receipt'))
    )
    op.create_index('ix_receipt_patient', 'receipt', ['patient_id'], unique=False)
    op.create_table('draft',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content_version', sa.Integer(), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=False),
    sa.Column('author', sa.JSON(), nullable=False),
    sa.Column('review_due', sa.Date(), nullable=True),
    sa.Column('activated_as', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_by', sa.JSON(), nullable=False),
    sa.CheckConstraint("state IN ('OPEN', 'ACTIVATED', 'DISCARDED')", name=op.f('ck_draft_state')),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_draft_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_draft')),
    sa.UniqueConstraint('id', name=op.f('uq_draft_id'))
    )
    op.create_index('ix_draft_part', 'draft', ['patient_id', 'part_id'], unique=False)
    op.create_table('draft_version',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('head_version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('change_comment', sa.Text(), nullable=True),
    sa.Column('author', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approval', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['patient_id', 'draft_id'], ['draft.patient_id', 'draft.id'], name=op.f('fk_draft_version_patient_id_draft_id_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'draft_id', 'number', name=op.f('pk_draft_version'))
    )
    op.add_column('plan_part', sa.Column('reason', sa.Text(), nullable=True))
    op.drop_index(op.f('uq_plan_part_one_active_of_each_kind'), table_name='plan_part', postgresql_where="(lifecycle = ANY (ARRAY['ACTIVE'::text, 'ON_HOLD'::text]))")
    op.add_column('plan_version', sa.Column('approval', sa.JSON(), server_default='{}', nullable=False))
    op.add_column('plan_version', sa.Column('head_version', sa.Integer(), server_default='0', nullable=False))
    op.execute('UPDATE plan_version SET head_version = number + 1')
    # What the first tables said of approval and of drafts, said in the new ones.
    op.execute("""
        UPDATE plan_version SET approval = json_build_object('state', part.approval_state,
               'by', part.approval_by, 'at', part.approval_at, 'reason', part.approval_reason)
          FROM plan_part AS part
         WHERE (part.patient_id, part.id, part.content_version)
             = (plan_version.patient_id, plan_version.part_id, plan_version.number)
    """)
    op.execute("""
        INSERT INTO draft (patient_id, id, part_id, state, version, content_version, based_on,
                           author, review_due, created_at, updated_at, updated_by)
        SELECT part.patient_id, part.id, coalesce(used.id, part.id), 'OPEN', part.version,
               part.content_version, coalesce(used.content_version, 0), part.responsible,
               part.review_due, part.updated_at, part.updated_at, part.updated_by
          FROM plan_part AS part
          LEFT JOIN LATERAL (
               SELECT other.id, CASE other.lifecycle WHEN 'DRAFT' THEN 0
                                ELSE other.content_version END AS content_version
                 FROM plan_part AS other
                WHERE (other.patient_id, other.kind) = (part.patient_id, part.kind)
                  AND other.lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD')
                ORDER BY other.lifecycle = 'DRAFT', other.id LIMIT 1) AS used ON true
         WHERE part.lifecycle = 'DRAFT'
    """)
    op.execute("""
        INSERT INTO draft_version (patient_id, draft_id, number, head_version, content, change_comment, author,
                                   created_at, approval)
        SELECT version.patient_id, draft.id, number, number, content, change_comment, version.author,
               version.created_at, approval
          FROM plan_version AS version
          JOIN draft ON (draft.patient_id, draft.id) = (version.patient_id, version.part_id)
    """)
    op.execute("""
        DELETE FROM plan_version USING draft
         WHERE (draft.patient_id, draft.id) = (plan_version.patient_id, plan_version.part_id)
    """)
    op.execute("""
        DELETE FROM plan_part USING draft
         WHERE (draft.patient_id, draft.id) = (plan_part.patient_id, plan_part.id)
           AND draft.part_id <> draft.id
    """)
    op.execute("UPDATE plan_part SET content_version = 0 WHERE lifecycle = 'DRAFT'")
    op.alter_column('plan_version', 'head_version', server_default=None)
    op.alter_column('plan_version', 'approval', server_default=None)
    op.alter_column('plan_version', 'created_at', server_default=None)
    op.create_index('uq_plan_part_one_living_of_each_kind', 'plan_part', ['patient_id', 'kind'], unique=True, postgresql_where=sa.text("lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD')"))
    op.drop_column('plan_part', 'approval_at')
    op.drop_column('plan_part', 'approval_by')
    op.drop_column('plan_part', 'approval_state')
    op.drop_column('plan_part', 'approval_reason')


def downgrade() -> None:
    op.drop_column('plan_version', 'approval')
    op.drop_column('plan_version', 'head_version')
    op.add_column('plan_part', sa.Column('approval_reason', sa.TEXT(), autoincrement=False, nullable=True))
    op.add_column('plan_part', sa.Column('approval_state', sa.TEXT(), server_default=sa.text("'NONE'::text"), autoincrement=False, nullable=False))
    op.add_column('plan_part', sa.Column('approval_by', sa.TEXT(), autoincrement=False, nullable=True))
    op.add_column('plan_part', sa.Column('approval_at', postgresql.TIMESTAMP(timezone=True), autoincrement=False, nullable=True))
    op.drop_index('uq_plan_part_one_living_of_each_kind', table_name='plan_part', postgresql_where=sa.text("lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD')"))
    op.create_index(op.f('uq_plan_part_one_active_of_each_kind'), 'plan_part', ['patient_id', 'kind'], unique=True, postgresql_where="(lifecycle = ANY (ARRAY['ACTIVE'::text, 'ON_HOLD'::text]))")
    op.drop_column('plan_part', 'reason')
    op.drop_table('draft_version')
    op.drop_index('ix_draft_part', table_name='draft')
    op.drop_table('draft')
    op.drop_index('ix_receipt_patient', table_name='receipt')
    op.drop_table('receipt')
    op.drop_table('event')
    op.drop_index('ix_audit_entry_newest', table_name='audit_entry')
    op.drop_table('audit_entry')
