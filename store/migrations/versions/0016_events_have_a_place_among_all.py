"""events have a place among all patients' events, and tell which organisations they concern"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('CREATE SEQUENCE event_position')
    op.add_column('event', sa.Column('position', sa.BigInteger(), nullable=True))
    op.add_column('event', sa.Column('organisations', sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    # Nobody follows what has been; it only has to come before what is to be.
    op.execute("""
        UPDATE event SET position = placed.position
          FROM (SELECT patient_id, number, nextval('event_position') AS position
                  FROM (SELECT patient_id, number FROM event ORDER BY patient_id, number) AS ordered) AS placed
         WHERE (event.patient_id, event.number) = (placed.patient_id, placed.number)
        """)
    op.create_unique_constraint(op.f('uq_event_position'), 'event', ['position'])
    op.create_index('ix_event_without_place', 'event', ['patient_id', 'number'], unique=False, postgresql_where=sa.text('position IS NULL'))
    op.create_index('ix_event_organisations', 'event', ['organisations'], unique=False, postgresql_using='gin')


def downgrade() -> None:
    op.drop_index('ix_event_organisations', table_name='event')
    op.drop_index('ix_event_without_place', table_name='event')
    op.drop_constraint(op.f('uq_event_position'), 'event', type_='unique')
    op.drop_column('event', 'organisations')
    op.drop_column('event', 'position')
    op.execute('DROP SEQUENCE event_position')
