"""webhooks, how far each has been told, and what waits for it about each patient"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

_STATES = "state IN ('UNVERIFIED', 'ACTIVE', 'PARKED')"
_FAILURES = "failure IN ('ADDRESS_REFUSED', 'UNREACHABLE', 'CERTIFICATE', 'TIMEOUT', 'INVALID_ANSWER', 'REDIRECT', 'STATUS_4XX', 'STATUS_5XX', 'GONE', 'WRONG_RESPONSE', 'OURS')"


def upgrade() -> None:
    op.create_table('webhook',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('client_id', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('legal_entity', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('sections', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resumed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replay_from', sa.BigInteger(), nullable=True),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.Column('old_secret', sa.LargeBinary(), nullable=True),
    sa.Column('old_secret_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint(_STATES, name=op.f('ck_webhook_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook'))
    )
    op.create_index('ix_webhook_client', 'webhook', ['client_id', 'organisation'], unique=False)
    op.create_table('webhook_progress',
    sa.Column('webhook_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('resumed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint(_FAILURES, name=op.f('ck_webhook_progress_failure')),
    sa.PrimaryKeyConstraint('webhook_id', name=op.f('pk_webhook_progress'))
    )
    op.create_index('ix_webhook_progress_due', 'webhook_progress', ['due_at', 'webhook_id'], unique=False)
    op.create_table('webhook_lane',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('webhook_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.CheckConstraint(_FAILURES, name=op.f('ck_webhook_lane_failure')),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_webhook_lane_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'webhook_id', name=op.f('pk_webhook_lane'))
    )
    op.create_index('ix_webhook_lane_due', 'webhook_lane', ['webhook_id', 'next_try_at'], unique=False)


def downgrade() -> None:
    op.drop_table('webhook_lane')
    op.drop_table('webhook_progress')
    op.drop_table('webhook')
