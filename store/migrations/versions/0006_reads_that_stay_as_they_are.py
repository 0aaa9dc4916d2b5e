"""reads that stay as they are.

The worklist is read from its index alone, and renewed by patient: its old key was led by the
organisation, so that every write looked through the whole table for its patient's entries. Drafts
had two indexes led by the patient; which one was used was left to chance.
"""

from __future__ import annotations

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_draft_part', table_name='draft')
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.drop_constraint('pk_worklist_entry', 'worklist_entry')
    op.create_primary_key('pk_worklist_entry', 'worklist_entry', ['patient_id', 'organisation'])
    op.create_index('ix_worklist_entry_newest', 'worklist_entry', ['organisation', 'changed_at', 'patient_id'], unique=False, postgresql_include=['until', 'kinds', 'approval_requested', 'open_comments', 'open_suggestions', 'review_due'])


def downgrade() -> None:
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.drop_constraint('pk_worklist_entry', 'worklist_entry')
    op.create_primary_key('pk_worklist_entry', 'worklist_entry', ['organisation', 'patient_id'])
    op.execute('CREATE INDEX ix_worklist_entry_newest ON worklist_entry (organisation, changed_at DESC, patient_id)')
    op.create_index('ix_draft_part', 'draft', ['patient_id', 'part_id'], unique=False)
