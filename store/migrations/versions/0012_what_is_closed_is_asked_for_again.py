"""what a source has closed is due to be asked for again."""

from __future__ import annotations

from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Over a day, so that no source is asked for all of them at once.
    op.execute("""
        UPDATE comparison SET due_at = now() + random() * INTERVAL '1 day'
         WHERE is_closed AND due_at IS NULL""")


def downgrade() -> None:
    op.execute('UPDATE comparison SET due_at = NULL WHERE is_closed AND told_at IS NULL')
