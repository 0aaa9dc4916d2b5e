"""messages outside the app: who wants them, what waits for whom, and what was sent.

What was told before is in the inbox, and is sent to nobody.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('notice', sa.Column('is_urgent', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('notice', sa.Column('is_passed_on', sa.Boolean(), server_default=sa.text('true'), nullable=False))
    op.alter_column('notice', 'is_passed_on', server_default=sa.text('false'))
    op.create_index('ix_notice_to_pass_on', 'notice', ['at'], unique=False, postgresql_where=sa.text('NOT is_passed_on'))
    op.create_table('notice_choice',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('groups', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('quiet_from', sa.SmallInteger(), nullable=False),
    sa.Column('quiet_until', sa.SmallInteger(), nullable=False),
    sa.Column('gather_hours', sa.SmallInteger(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('security_level', sa.SmallInteger(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unreached_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("channel IN ('SMS', 'EMAIL')", name=op.f('ck_notice_choice_channel')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_notice_choice'))
    )
    op.create_index('ix_notice_choice_due', 'notice_choice', ['next_at'], unique=False, postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_index('ix_notice_choice_subject', 'notice_choice', ['subject'], unique=False)
    op.create_table('message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('is_urgent', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('receipt', sa.Text(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("channel IN ('SMS', 'EMAIL')", name=op.f('ck_message_channel')),
    sa.CheckConstraint("state IN ('WAITING', 'SENT', 'UNREACHED', 'NEEDLESS', 'FAILED')", name=op.f('ck_message_state')),
    sa.ForeignKeyConstraint(['number'], ['notice_choice.number'], name=op.f('fk_message_number_notice_choice'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    op.create_index('ix_message_due', 'message', ['next_try_at', 'id'], unique=False, postgresql_where=sa.text("state = 'WAITING'"))
    op.create_index(op.f('ix_message_number'), 'message', ['number'], unique=False)
    op.create_index('ix_message_settled_at', 'message', ['settled_at'], unique=False)
    op.create_table('notice_waiting',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('is_urgent', sa.Boolean(), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_notice_waiting_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_notice_waiting_message_id_message'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['number'], ['notice_choice.number'], name=op.f('fk_notice_waiting_number_notice_choice'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_notice_waiting_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'event_id', 'number', name=op.f('pk_notice_waiting'))
    )
    op.create_index(op.f('ix_notice_waiting_message_id'), 'notice_waiting', ['message_id'], unique=False)
    op.create_index(op.f('ix_notice_waiting_number'), 'notice_waiting', ['number'], unique=False)


def downgrade() -> None:
    op.drop_table('notice_waiting')
    op.drop_table('message')
    op.drop_table('notice_choice')
    op.drop_index('ix_notice_to_pass_on', table_name='notice', postgresql_where=sa.text('NOT is_passed_on'))
    op.drop_column('notice', 'is_passed_on')
    op.drop_column('notice', 'is_urgent')
