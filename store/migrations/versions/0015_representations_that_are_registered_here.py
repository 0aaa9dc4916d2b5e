"""representations that are registered here, by whom and on whose word"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('representation', sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False))
    op.add_column('representation', sa.Column('registered_by', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('representation', sa.Column('word', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('representation', sa.Column('ended_by', sa.JSON(none_as_null=True), nullable=True))
    op.create_unique_constraint(op.f('uq_representation_id'), 'representation', ['id'])


def downgrade() -> None:
    op.drop_constraint(op.f('uq_representation_id'), 'representation', type_='unique')
    for column in ('ended_by', 'word', 'registered_by', 'version'):
        op.drop_column('representation', column)
