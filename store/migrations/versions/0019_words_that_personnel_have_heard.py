"""words that personnel have heard: what an agreement and a share rest on"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('agreement', 'share'):
        op.add_column(table, sa.Column('word', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    for table in ('share', 'agreement'):
        op.drop_column(table, 'word')
