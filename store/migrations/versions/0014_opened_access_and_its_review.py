"""opened access: what its review found, whose officer reviews it, and searches in emergencies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

FINDINGS = ('JUSTIFIED', 'NOT_JUSTIFIED')


def upgrade() -> None:
    op.add_column('access_rule', sa.Column('legal_entity', sa.Text(), nullable=True))
    op.add_column('access_rule', sa.Column('ended_word', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('access_rule', sa.Column('finding', sa.Text(), nullable=True))
    op.create_check_constraint(op.f('ck_access_rule_finding'), 'access_rule', f"finding IN ({', '.join(map(repr, FINDINGS))})")
    op.create_index('ix_access_rule_emergency', 'access_rule', ['legal_entity', sa.literal_column('since DESC')], postgresql_where=sa.text("kind = 'EMERGENCY'"))
    op.create_table('emergency_search',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hpr_number', sa.Text(), nullable=False),
    sa.Column('by', sa.JSON(), nullable=False),
    sa.Column('legal_entity', sa.Text(), nullable=True),
    sa.Column('is_found', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emergency_search'))
    )
    op.create_index('ix_emergency_search_person', 'emergency_search', ['hpr_number', 'at'])
    op.create_index('ix_emergency_search_newest', 'emergency_search', ['legal_entity', 'at'])


def downgrade() -> None:
    op.drop_table('emergency_search')
    op.drop_index('ix_access_rule_emergency', table_name='access_rule')
    op.drop_constraint(op.f('ck_access_rule_finding'), 'access_rule', type_='check')
    for name in ('finding', 'ended_word', 'legal_entity'):
        op.drop_column('access_rule', name)
