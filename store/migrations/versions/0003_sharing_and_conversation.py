"""sharing and conversation."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('opening_tries',
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('place', name=op.f('pk_opening_tries'))
    )
    op.create_table('suggestion',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('line_id', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('content_version', sa.Integer(), nullable=False),
    sa.Column('author', sa.JSON(), nullable=False),
    sa.Column('author_number', sa.Text(), nullable=True),
    sa.Column('on_behalf_of', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('decided_by', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('draft_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("kind IN ('ADD', 'CHANGE', 'REMOVE')", name=op.f('ck_suggestion_kind')),
    sa.CheckConstraint("section IN ('ABOUT', 'PASSAGES', 'PROBLEMS', 'GOALS', 'ACTIONS', 'ZONES', 'MEASUREMENTS', 'MEDICINES', 'RECEIVER', 'CONTACTS')", name=op.f('ck_suggestion_section')),
    sa.CheckConstraint("state IN ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')", name=op.f('ck_suggestion_state')),
    sa.ForeignKeyConstraint(['patient_id', 'part_id'], ['plan_part.patient_id', 'plan_part.id'], name=op.f('fk_suggestion_patient_id_part_id_plan_part'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('id', name=op.f('uq_suggestion_id'))
    )
    op.create_index('ix_suggestion_part_newest', 'suggestion', ['patient_id', 'part_id', sa.literal_column('created_at DESC'), 'id'], unique=False)
    _add('comment', 'visibility', sa.Text(), 'EVERYONE')
    _add('comment', 'version', sa.Integer(), '1')
    op.add_column('comment', sa.Column('author_number', sa.Text(), nullable=True))
    op.add_column('comment', sa.Column('seen_by_number', sa.Text(), nullable=True))
    op.execute("ALTER TABLE comment ALTER author TYPE json USING json_build_object('name', author)")
    op.create_unique_constraint(op.f('uq_comment_id'), 'comment', ['id'])
    op.drop_constraint(op.f('ck_comment_status'), 'comment', type_='check')
    op.create_check_constraint(
        op.f('ck_comment_status'),
        'comment',
        "status IN ('OPEN', 'ANSWERED', 'PARKED', 'WITHDRAWN')",
    )
    op.create_check_constraint(
        op.f('ck_comment_visibility'),
        'comment',
        "visibility IN ('EVERYONE', 'PERSONNEL', 'PERSONNEL_AND_ME')",
    )
    # Until now, whole parts were shared, with organisations in health care.
    _add('share', 'kind', sa.Text(), 'ORGANISATION')
    _add('share', 'setting', sa.Text(), 'HEALTH')
    _add('share', 'scopes', postgresql.ARRAY(sa.Text()), '{WHOLE_PART}')
    _add('share', 'version', sa.Integer(), '1')
    op.add_column('share', sa.Column('recipient_number', sa.Text(), nullable=True))
    op.add_column('share', sa.Column('shared_by_number', sa.Text(), nullable=True))
    op.create_unique_constraint(op.f('uq_share_id'), 'share', ['id'])
    op.create_index('ix_share_recipient', 'share', ['recipient_number'], unique=False)
    op.create_check_constraint(
        op.f('ck_share_kind'), 'share', "kind IN ('PERSON', 'TEAM', 'ORGANISATION')"
    )
    op.create_check_constraint(
        op.f('ck_share_setting'),
        'share',
        "setting IN ('HEALTH', 'SCHOOL', 'RESPITE', 'PERSONAL_ASSISTANT', 'FOSTER', 'OTHER')",
    )
    _add('worklist_entry', 'open_suggestions', sa.Integer(), '0')
    op.create_table('opening',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('share_id', sa.Uuid(), nullable=False),
    sa.Column('code_digest', sa.LargeBinary(), nullable=False),
    sa.Column('made_by', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code_expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token_digest', sa.LargeBinary(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['patient_id', 'share_id'], ['share.patient_id', 'share.id'], name=op.f('fk_opening_patient_id_share_id_share'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_opening')),
    sa.UniqueConstraint('code_digest', name=op.f('uq_opening_code_digest')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_opening_token_digest'))
    )


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], of_old_rows: str) -> None:
    """Add a column whose value is known for the rows that are there, and must be said from now.

    Any: columns are of every type.
    """
    op.add_column(table, sa.Column(name, kind, server_default=of_old_rows, nullable=False))
    op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    op.drop_table('opening')
    op.drop_table('opening_tries')
    op.drop_table('suggestion')
    op.drop_column('worklist_entry', 'open_suggestions')
    # The older tables can't say how little is shared, or for whom a comment is: it would be shown.
    op.execute("DELETE FROM share WHERE NOT 'WHOLE_PART' = ANY(scopes)")
    op.execute("DELETE FROM comment WHERE visibility <> 'EVERYONE' OR status = 'WITHDRAWN'")
    op.drop_constraint(op.f('uq_share_id'), 'share', type_='unique')
    op.drop_index('ix_share_recipient', table_name='share')
    for column in ('version', 'shared_by_number', 'recipient_number', 'scopes', 'setting', 'kind'):
        op.drop_column('share', column)
    op.drop_constraint(op.f('uq_comment_id'), 'comment', type_='unique')
    op.drop_constraint(op.f('ck_comment_status'), 'comment', type_='check')
    op.create_check_constraint(
        op.f('ck_comment_status'), 'comment', "status IN ('OPEN', 'ANSWERED', 'PARKED')"
    )
    op.execute("ALTER TABLE comment ALTER author TYPE text USING author ->> 'name'")
    for column in ('version', 'seen_by_number', 'visibility', 'author_number'):
        op.drop_column('comment', column)
