"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('patient',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('given_name', sa.Text(), nullable=False),
    sa.Column('family_name', sa.Text(), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=False),
    sa.Column('gender', sa.Text(), nullable=False),
    sa.Column('died_on', sa.Date(), nullable=True),
    sa.Column('merged_into', sa.Uuid(), nullable=True),
    sa.Column('event_count', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("gender IN ('FEMALE', 'MALE', 'OTHER', 'UNKNOWN')", name=op.f('ck_patient_gender')),
    sa.ForeignKeyConstraint(['merged_into'], ['patient.id'], name=op.f('fk_patient_merged_into_patient')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_patient'))
    )
    op.create_table('care_team_member',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role_code', sa.Text(), nullable=True),
    sa.Column('role_text', sa.Text(), nullable=True),
    sa.Column('functions', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('organisation_name', sa.Text(), nullable=True),
    sa.Column('organisation_number', sa.Text(), nullable=True),
    sa.Column('team', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('reachable', sa.Text(), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_care_team_member_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_care_team_member'))
    )
    op.create_table('handover',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('from_organisation', sa.Text(), nullable=False),
    sa.Column('to_organisation', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_handover_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_handover'))
    )
    op.create_table('identity_number',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('NATIONAL', 'D_NUMBER', 'TEMPORARY')", name=op.f('ck_identity_number_kind')),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_identity_number_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'value', name=op.f('pk_identity_number')),
    sa.UniqueConstraint('value', name=op.f('uq_identity_number_value'))
    )
    op.create_table('plan',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_plan_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_plan')),
    sa.UniqueConstraint('id', name=op.f('uq_plan_id')),
    sa.UniqueConstraint('patient_id', name=op.f('uq_plan_patient_id'))
    )
    op.create_table('representation',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('representative_number', sa.Text(), nullable=False),
    sa.Column('representative_name', sa.Text(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('OWN', 'PARENT', 'CARE_TEAM', 'SHARE', 'HANDOVER', 'ATTEST')", name=op.f('ck_representation_kind')),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_representation_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_representation'))
    )
    op.create_index('ix_representation_representative', 'representation', ['representative_number'], unique=False)
    op.create_table('worklist_entry',
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('kinds', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('approval_requested', sa.Boolean(), nullable=False),
    sa.Column('open_comments', sa.Integer(), nullable=False),
    sa.Column('review_due', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_worklist_entry_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('organisation', 'patient_id', name=op.f('pk_worklist_entry'))
    )
    op.create_index('ix_worklist_entry_newest', 'worklist_entry', ['organisation', sa.literal_column('changed_at DESC'), 'patient_id'], unique=False)
    op.create_table('plan_part',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('lifecycle', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content_version', sa.Integer(), nullable=False),
    sa.Column('responsible', sa.JSON(), nullable=False),
    sa.Column('review_due', sa.Date(), nullable=True),
    sa.Column('approval_state', sa.Text(), server_default=sa.text("'NONE'"), nullable=False),
    sa.Column('approval_by', sa.Text(), nullable=True),
    sa.Column('approval_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approval_reason', sa.Text(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_by', sa.JSON(), nullable=False),
    sa.CheckConstraint("approval_state IN ('NONE', 'REQUESTED', 'APPROVED', 'RETURNED')", name=op.f('ck_plan_part_approval_state')),
    sa.CheckConstraint("kind IN ('BEHANDLINGSPLAN', 'EGENBEHANDLINGSPLAN', 'KRISEPLAN', 'PALLIATIV_PLAN', 'BARN_BEREDSKAP_LIVSKVALITET', 'INDIVIDUELL_PLAN')", name=op.f('ck_plan_part_kind')),
    sa.CheckConstraint("lifecycle IN ('DRAFT', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'REVOKED', 'ENTERED_IN_ERROR')", name=op.f('ck_plan_part_lifecycle')),
    sa.ForeignKeyConstraint(['patient_id', 'plan_id'], ['plan.patient_id', 'plan.id'], name=op.f('fk_plan_part_patient_id_plan_id_plan'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_plan_part')),
    sa.UniqueConstraint('id', name=op.f('uq_plan_part_id'))
    )
    op.create_index('uq_plan_part_one_active_of_each_kind', 'plan_part', ['patient_id', 'kind'], unique=True, postgresql_where=sa.text("lifecycle IN ('ACTIVE', 'ON_HOLD')"))
    op.create_table('agreement',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('content_version', sa.Integer(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('AGREES', 'DISAGREES')", name=op.f('ck_agreement_state')),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_agreement_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_agreement'))
    )
    op.create_table('comment',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('line_id', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('on_behalf_of', sa.Text(), nullable=True),
    sa.Column('answer_to', sa.Uuid(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("status IN ('OPEN', 'ANSWERED', 'PARKED')", name=op.f('ck_comment_status')),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_comment_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_comment'))
    )
    op.create_index('ix_comment_part_newest', 'comment', ['patient_id', 'part_id', sa.literal_column('created_at DESC'), 'id'], unique=False)
    op.create_table('plan_version',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('change_comment', sa.Text(), nullable=True),
    sa.Column('author', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_plan_version_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'part_id', 'number', name=op.f('pk_plan_version'))
    )
    op.create_table('share',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('organisation_number', sa.Text(), nullable=True),
    sa.Column('shared_by', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_share_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_share'))
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table('share')
    op.drop_table('plan_version')
    op.drop_index('ix_comment_part_newest', table_name='comment')
    op.drop_table('comment')
    op.drop_table('agreement')
    op.drop_index('uq_plan_part_one_active_of_each_kind', table_name='plan_part', postgresql_where=sa.text("lifecycle IN ('ACTIVE', 'ON_HOLD')"))
    op.drop_table('plan_part')
    op.drop_index('ix_worklist_entry_newest', table_name='worklist_entry')
    op.drop_table('worklist_entry')
    op.drop_index('ix_representation_representative', table_name='representation')
    op.drop_table('representation')
    op.drop_table('plan')
    op.drop_table('identity_number')
    op.drop_table('handover')
    op.drop_table('care_team_member')
    op.drop_table('patient')
    # ### end Alembic commands ###
