"""reports and measurements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=True),
    sa.Column('content_version', sa.Integer(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Text(), nullable=False),
    sa.Column('on_behalf_of', sa.Text(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action_id', sa.Text(), nullable=True),
    sa.Column('done', sa.Text(), nullable=True),
    sa.Column('feeling', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('chosen', sa.Text(), nullable=True),
    sa.Column('signs', sa.JSON(), nullable=False),
    sa.Column('assessment', sa.JSON(), nullable=True),
    sa.Column('receiving', sa.JSON(), nullable=True),
    sa.Column('change', sa.JSON(), nullable=True),
    sa.Column('replaces', sa.JSON(), nullable=True),
    sa.Column('waits_as', sa.Text(), nullable=True),
    sa.Column('escalates_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("chosen IN ('GREEN', 'YELLOW', 'RED')", name=op.f('ck_report_chosen')),
    sa.CheckConstraint("done IN ('DONE', 'PARTLY', 'NOT_DONE')", name=op.f('ck_report_done')),
    sa.CheckConstraint("feeling IN ('VERY_BAD', 'BAD', 'SO_SO', 'GOOD', 'VERY_GOOD')", name=op.f('ck_report_feeling')),
    sa.CheckConstraint("source IN ('SELF', 'DEVICE', 'CLINICIAN')", name=op.f('ck_report_source')),
    sa.CheckConstraint("waits_as IN ('GREEN', 'YELLOW', 'RED')", name=op.f('ck_report_waits_as')),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_report_patient_id_part_id_plan_part'), ondelete='SET NULL (part_id)'),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_report_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_report')),
    sa.UniqueConstraint('id', name=op.f('uq_report_id'))
    )
    op.create_index('ix_report_due', 'report', ['escalates_at'], unique=False, postgresql_where=sa.text('escalates_at IS NOT NULL'))
    op.create_index('ix_report_newest', 'report', ['patient_id', sa.literal_column('received_at DESC'), 'id'], unique=False)
    op.create_index('ix_report_waiting', 'report', ['patient_id'], unique=False, postgresql_include=['waits_as'], postgresql_where=sa.text('waits_as IS NOT NULL'))
    op.create_table('measurement',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('observable', sa.Text(), nullable=False),
    sa.Column('measured_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('is_possible', sa.Boolean(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=True),
    sa.Column('change', sa.JSON(), nullable=True),
    sa.Column('replaces', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['patient_id', 'report_id'], ['report.patient_id', 'report.id'], name=op.f('fk_measurement_patient_id_report_id_report'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'observable', 'measured_at', 'id', name=op.f('pk_measurement'))
    )
    op.create_index('ix_measurement_report', 'measurement', ['patient_id', 'report_id'], unique=False)
    op.alter_column('audit_entry', 'role',
               existing_type=sa.TEXT(),
               nullable=True)
    op.alter_column('audit_entry', 'basis',
               existing_type=sa.TEXT(),
               nullable=True)
    op.add_column('worklist_entry', sa.Column('unseen_reds', sa.Integer(), server_default='0', nullable=False))
    op.alter_column('worklist_entry', 'unseen_reds', server_default=None)
    op.add_column('worklist_entry', sa.Column('unseen_yellows', sa.Integer(), server_default='0', nullable=False))
    op.alter_column('worklist_entry', 'unseen_yellows', server_default=None)
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.create_index('ix_worklist_entry_newest', 'worklist_entry', ['organisation', 'changed_at', 'patient_id'], unique=False, postgresql_include=['until', 'kinds', 'approval_requested', 'open_comments', 'open_suggestions', 'review_due', 'unseen_reds', 'unseen_yellows'])


def downgrade() -> None:
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.create_index('ix_worklist_entry_newest', 'worklist_entry', ['organisation', 'changed_at', 'patient_id'], unique=False, postgresql_include=['until', 'kinds', 'approval_requested', 'open_comments', 'open_suggestions', 'review_due'])
    op.drop_column('worklist_entry', 'unseen_yellows')
    op.drop_column('worklist_entry', 'unseen_reds')
    op.alter_column('audit_entry', 'basis',
               existing_type=sa.TEXT(),
               nullable=False)
    op.alter_column('audit_entry', 'role',
               existing_type=sa.TEXT(),
               nullable=False)
    op.drop_index('ix_measurement_report', table_name='measurement')
    op.drop_table('measurement')
    op.drop_index('ix_report_waiting', table_name='report', postgresql_include=['waits_as'], postgresql_where=sa.text('waits_as IS NOT NULL'))
    op.drop_index('ix_report_newest', table_name='report')
    op.drop_index('ix_report_due', table_name='report', postgresql_where=sa.text('escalates_at IS NOT NULL'))
    op.drop_table('report')
