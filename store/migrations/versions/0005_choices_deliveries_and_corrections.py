"""choices deliveries and corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feed_position',
    sa.Column('feed', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('feed', name=op.f('pk_feed_position'))
    )
    op.create_table('consent',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('withdrawn', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('HAVE_PLAN')", name=op.f('ck_consent_kind')),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_consent_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_consent')),
    sa.UniqueConstraint('id', name=op.f('uq_consent_id'))
    )
    op.create_index('uq_consent_one_open_of_each_kind', 'consent', ['patient_id', 'kind'], unique=True, postgresql_where=sa.text('withdrawn_at IS NULL'))
    op.create_table('correction_request',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('entry_id', sa.Text(), nullable=False),
    sa.Column('line_id', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('organisation_number', sa.Text(), nullable=True),
    sa.Column('asked_by', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('decided_by', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('CORRECT', 'DELETE')", name=op.f('ck_correction_request_kind')),
    sa.CheckConstraint("state IN ('REQUESTED', 'ACCEPTED', 'PARTLY', 'DECLINED')", name=op.f('ck_correction_request_state')),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_correction_request_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_correction_request')),
    sa.UniqueConstraint('id', name=op.f('uq_correction_request_id'))
    )
    op.create_table('erasure',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reservation_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tables', sa.JSON(), nullable=False),
    sa.Column('deliveries', sa.JSON(), nullable=False),
    sa.Column('previous', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_erasure_patient_id_patient')),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_erasure')),
    sa.UniqueConstraint('id', name=op.f('uq_erasure_id'))
    )
    op.create_table('reservation',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made', sa.JSON(), nullable=False),
    sa.Column('erase_after', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('blocked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_reservation_patient_id_patient')),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_reservation')),
    sa.UniqueConstraint('id', name=op.f('uq_reservation_id'))
    )
    op.create_index('ix_reservation_due', 'reservation', ['erase_after'], unique=False, postgresql_where=sa.text('ended_at IS NULL AND erased_at IS NULL'))
    op.create_index('uq_reservation_one_standing', 'reservation', ['patient_id'], unique=True, postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('delivery',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('content_version', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.Text(), nullable=False),
    sa.Column('occurred_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.JSON(), nullable=False),
    sa.Column('organisation_number', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('receipt', sa.Text(), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("occasion IN ('ACTIVATED', 'REVISED', 'COMPLETED', 'REVOKED', 'ENTERED_IN_ERROR')", name=op.f('ck_delivery_occasion')),
    sa.CheckConstraint("state IN ('WAITING', 'DELIVERED', 'FAILED')", name=op.f('ck_delivery_state')),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_delivery_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_delivery')),
    sa.UniqueConstraint('id', name=op.f('uq_delivery_id')),
    sa.UniqueConstraint('patient_id', 'part_id', 'content_version', 'occasion', name=op.f('uq_delivery_patient_id_part_id_content_version_occasion'))
    )
    op.create_index('ix_delivery_due', 'delivery', ['next_try_at', 'id'], unique=False, postgresql_where=sa.text("state <> 'DELIVERED'"))
    # Whoever has a plan has said yes to it, in whatever way that was asked before now.
    op.execute("""
        INSERT INTO consent (patient_id, id, kind, version, given)
        SELECT plan.patient_id, gen_random_uuid(), 'HAVE_PLAN', 1, json_build_object(
               'at', plan.created_at,
               'by', patient.given_name || ' ' || patient.family_name,
               'giver', CASE WHEN age(plan.created_at, patient.birth_date) < '12 years' THEN 'PARENT'
                             WHEN age(plan.created_at, patient.birth_date) < '16 years'
                             THEN 'CHILD_AND_PARENTS' ELSE 'PATIENT' END,
               'how', 'Planen var i bruk før samtykker ble ført her.')
          FROM plan JOIN patient ON patient.id = plan.patient_id
    """)
    # No record has been sent a document yet: every version that was in use waits to be.
    op.execute("""
        INSERT INTO delivery (patient_id, id, part_id, content_version, occasion, occurred_at, by,
                              organisation_number, state, attempts, next_try_at)
        SELECT version.patient_id, gen_random_uuid(), version.part_id, version.number,
               CASE version.number WHEN 1 THEN 'ACTIVATED' ELSE 'REVISED' END, version.created_at,
               version.author, part.responsible ->> 'organisationNumber', 'WAITING', 0,
               version.created_at
          FROM plan_version AS version
          JOIN plan_part AS part
            ON (part.patient_id, part.id) = (version.patient_id, version.part_id)
    """)
    op.execute("""
        INSERT INTO delivery (patient_id, id, part_id, content_version, occasion, occurred_at, by,
                              organisation_number, reason, state, attempts, next_try_at)
        SELECT patient_id, gen_random_uuid(), id, content_version, lifecycle, updated_at,
               updated_by, responsible ->> 'organisationNumber', reason, 'WAITING', 0, updated_at
          FROM plan_part
         WHERE lifecycle IN ('COMPLETED', 'REVOKED', 'ENTERED_IN_ERROR') AND content_version > 0
    """)


def downgrade() -> None:
    op.drop_index('ix_delivery_due', table_name='delivery', postgresql_where=sa.text("state <> 'DELIVERED'"))
    op.drop_table('delivery')
    op.drop_index('uq_reservation_one_standing', table_name='reservation', postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_index('ix_reservation_due', table_name='reservation', postgresql_where=sa.text('ended_at IS NULL AND erased_at IS NULL'))
    op.drop_table('reservation')
    op.drop_table('erasure')
    op.drop_table('correction_request')
    op.drop_index('uq_consent_one_open_of_each_kind', table_name='consent', postgresql_where=sa.text('withdrawn_at IS NULL'))
    op.drop_table('consent')
    op.drop_table('feed_position')
