"""comparisons with the sources.

Every part in use is to be compared with its sources, from the content it has now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('comparison',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('baseline_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('compared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.Text(), nullable=True),
    sa.Column('blind_to', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('is_partial', sa.Boolean(), nullable=False),
    sa.Column('is_closed', sa.Boolean(), nullable=False),
    sa.Column('fingerprints', sa.JSON(), nullable=False),
    sa.Column('accepted', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('reason_count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_comparison_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'part_id', 'section', name=op.f('pk_comparison'))
    )
    op.create_index('ix_comparison_due', 'comparison', ['section', 'due_at', 'patient_id'], unique=False, postgresql_where=sa.text('due_at IS NOT NULL'))
    op.execute("""
        INSERT INTO comparison (patient_id, part_id, section, since, due_at, attempts, blind_to,
                                is_partial, is_closed, fingerprints, accepted, reasons, reason_count)
        SELECT patient_id, id, section, updated_at, now(), 0, '{}', false, false, '[]', '{}', '[]', 0
          FROM plan_part,
               unnest(ARRAY['MEDICATIONS', 'CRITICAL_INFO', 'APPOINTMENTS']) AS section
         WHERE lifecycle IN ('ACTIVE', 'ON_HOLD')
    """)
    op.add_column('feed_position', sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('worklist_entry', sa.Column('outdated_parts', sa.Integer(), server_default='0', nullable=False))
    op.alter_column('worklist_entry', 'outdated_parts', server_default=None)
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.create_index('ix_worklist_entry_newest', 'worklist_entry', ['organisation', 'changed_at', 'patient_id'], unique=False, postgresql_include=['until', 'kinds', 'approval_requested', 'open_comments', 'open_suggestions', 'review_due', 'unseen_reds', 'unseen_yellows', 'outdated_parts'])


def downgrade() -> None:
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.create_index('ix_worklist_entry_newest', 'worklist_entry', ['organisation', 'changed_at', 'patient_id'], unique=False, postgresql_include=['until', 'kinds', 'approval_requested', 'open_comments', 'open_suggestions', 'review_due', 'unseen_reds', 'unseen_yellows'])
    op.drop_column('worklist_entry', 'outdated_parts')
    op.drop_column('feed_position', 'heard_at')
    op.drop_index('ix_comparison_due', table_name='comparison', postgresql_where=sa.text('due_at IS NOT NULL'))
    op.drop_table('comparison')
