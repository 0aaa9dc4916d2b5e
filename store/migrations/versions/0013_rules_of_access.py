"""rules of access: locks, hiding, what is kept; representatives of every kind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

KINDS = (
    'RESTRICTION', 'BLOCK', 'HIDDEN_FROM_PARENTS', 'OWN_ACCESS_REFUSED', 'KEPT_BY_PARENTS',
    'SUITABLE_FOR_YOUTH', 'OWN_ACCESS', 'WITHOUT_CAPACITY', 'CARE_TAKEN_OVER', 'OPENED', 'EMERGENCY',
)
BEFORE = ('OWN', 'PARENT', 'CARE_TEAM', 'SHARE', 'HANDOVER', 'ATTEST', 'OVERSIGHT')
BASES = (
    'OWN', 'PARENT', 'CHILD_WELFARE', 'GUARDIAN', 'LASTING_POWER', 'POWER_OF_ATTORNEY', 'ADVISER',
    'NEXT_OF_KIN', 'CARE_TEAM', 'SHARE', 'HANDOVER', 'ATTEST', 'EMERGENCY', 'OVERSIGHT',
)


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    op.create_table('access_rule',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('set_by', sa.JSON(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rights', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=True),
    sa.Column('line_id', sa.Text(), nullable=True),
    sa.Column('hpr_number', sa.Text(), nullable=True),
    sa.Column('person_number', sa.Text(), nullable=True),
    sa.Column('person_name', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('word', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('review', sa.Text(), nullable=True),
    sa.CheckConstraint(_one_of('kind', KINDS), name=op.f('ck_access_rule_kind')),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_access_rule_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_access_rule')),
    sa.UniqueConstraint('id', name=op.f('uq_access_rule_id'))
    )
    op.add_column('patient', sa.Column('is_address_protected', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('representation', sa.Column('rights', sa.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.add_column('representation', sa.Column('lives_with_patient', sa.Boolean(), server_default=sa.text('true'), nullable=False))
    op.add_column('representation', sa.Column('is_protected', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.drop_constraint(op.f('ck_representation_kind'), 'representation', type_='check')
    op.create_check_constraint(op.f('ck_representation_kind'), 'representation', _one_of('kind', BASES))


def downgrade() -> None:
    op.drop_constraint(op.f('ck_representation_kind'), 'representation', type_='check')
    op.execute(f"DELETE FROM representation WHERE NOT {_one_of('kind', BEFORE)}")
    op.create_check_constraint(op.f('ck_representation_kind'), 'representation', _one_of('kind', BEFORE))
    for name in ('is_protected', 'lives_with_patient', 'rights'):
        op.drop_column('representation', name)
    op.drop_column('patient', 'is_address_protected')
    op.drop_table('access_rule')
