"""representations that are registered here; the choice of what parents keep on worklists"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

SHOWN = [
    'until', 'kinds', 'approval_requested', 'open_comments', 'open_suggestions', 'review_due',
    'unseen_reds', 'unseen_yellows', 'outdated_parts',
]
CHOICE = ('parents_choice_from', 'parents_choice_until')


def upgrade() -> None:
    op.add_column('representation', sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False))
    op.add_column('representation', sa.Column('registered_by', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('representation', sa.Column('word', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('representation', sa.Column('ended_by', sa.JSON(none_as_null=True), nullable=True))
    op.create_unique_constraint(op.f('uq_representation_id'), 'representation', ['id'])
    op.drop_constraint(op.f('fk_audit_entry_patient_id_patient'), 'audit_entry', type_='foreignkey')
    op.add_column('correction_request', sa.Column('asked_by_number', sa.Text(), nullable=True))
    op.add_column('share', sa.Column('is_own_home_only', sa.Boolean(), server_default='false', nullable=False))
    for column in CHOICE:
        op.add_column('worklist_entry', sa.Column(column, sa.Date(), nullable=True))
    _index([*SHOWN, *CHOICE])


def _index(shown: list[str]) -> None:
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.create_index('ix_worklist_entry_newest', 'worklist_entry', ['organisation', 'changed_at', 'patient_id'], unique=False, postgresql_include=shown)


def downgrade() -> None:
    # What is about nobody is only ever added, so the tie holds for what comes after.
    op.execute('ALTER TABLE audit_entry ADD CONSTRAINT fk_audit_entry_patient_id_patient FOREIGN KEY (patient_id) REFERENCES patient (id) NOT VALID')
    op.drop_column('share', 'is_own_home_only')
    op.drop_column('correction_request', 'asked_by_number')
    _index(SHOWN)
    for column in CHOICE:
        op.drop_column('worklist_entry', column)
    op.drop_constraint(op.f('uq_representation_id'), 'representation', type_='unique')
    for column in ('ended_by', 'word', 'registered_by', 'version'):
        op.drop_column('representation', column)
