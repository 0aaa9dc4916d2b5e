"""the log of use: readings, only ever added to, sealed; questions about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

# What retention takes away; the rest of a line says only that there was one, of whose and when.
EMPTIED = (
    'secret', '"by"', 'subject_id', 'by_number', 'role', 'basis', 'purpose_of_use', 'correlation_id',
    'on_behalf_of', 'legal_entity', 'decision_id', 'refusal', 'adds_to', 'outcome',
)

ONLY_ADDED = (f"""
CREATE FUNCTION audit_entry_is_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.secret IS NOT NULL
     AND {' AND '.join(f'NEW.{name} IS NULL' for name in EMPTIED)} AND NEW.allowed = '{{}}'
     AND (NEW.patient_id, NEW.id, NEW.place, NEW.at, NEW.operation)
       = (OLD.patient_id, OLD.id, OLD.place, OLD.at, OLD.operation)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The log of use is only ever added to.';
END $$""", """
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_is_only_added()""", """
CREATE TRIGGER never_emptied_at_once BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_only_added()""", """
CREATE FUNCTION seal_is_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Seals are only ever added.';
END $$""", """
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON seal
  FOR EACH ROW EXECUTE FUNCTION seal_is_only_added()""", """
CREATE TRIGGER never_emptied_at_once BEFORE TRUNCATE ON seal
  FOR EACH STATEMENT EXECUTE FUNCTION seal_is_only_added()""")

TO_BE_SEALED = ("""
CREATE FUNCTION audit_entry_is_to_be_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO unsealed_line (place) SELECT place FROM added;
  RETURN NULL;
END $$""", """
CREATE TRIGGER to_be_sealed AFTER INSERT ON audit_entry
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_to_be_sealed()""")


def upgrade() -> None:
    op.create_table('unsealed_line',
    sa.Column('place', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('place', name=op.f('pk_unsealed_line'))
    )
    op.create_table('seal',
    sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('places', sa.ARRAY(sa.BigInteger()), nullable=False),
    sa.Column('digests', sa.ARRAY(sa.LargeBinary()), nullable=False),
    sa.Column('emptied_through', sa.BigInteger(), nullable=False),
    sa.Column('previous', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_seal'))
    )
    op.create_table('log_question',
    sa.Column('patient_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Text(), nullable=False),
    sa.Column('legal_entity', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_by', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_number', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_by', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_log_question_patient_id_patient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('patient_id', 'id', name=op.f('pk_log_question')),
    sa.UniqueConstraint('id', name=op.f('uq_log_question_id'))
    )
    op.create_index('ix_log_question_newest', 'log_question', ['asked_at', 'id'], unique=False)
    for name in ('subject_id', 'by', 'correlation_id'):
        op.alter_column('audit_entry', name, nullable=True)
    op.add_column('audit_entry', sa.Column('place', sa.BigInteger(), sa.Identity(always=True), nullable=False))
    op.add_column('audit_entry', sa.Column('secret', sa.Uuid(), server_default=sa.text('gen_random_uuid()'), nullable=True))
    for name in ('on_behalf_of', 'legal_entity', 'decision_id', 'refusal'):
        op.add_column('audit_entry', sa.Column(name, sa.Text(), nullable=True))
    op.add_column('audit_entry', sa.Column('allowed', sa.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.add_column('audit_entry', sa.Column('adds_to', sa.Uuid(), nullable=True))
    op.add_column('audit_entry', sa.Column('outcome', sa.JSON(none_as_null=True), nullable=True))
    op.create_unique_constraint(op.f('uq_audit_entry_place'), 'audit_entry', ['place'])
    op.create_index('ix_audit_entry_at', 'audit_entry', ['at'], unique=False, postgresql_using='brin')
    op.create_check_constraint(op.f('ck_audit_entry_emptied'), 'audit_entry', '(secret IS NULL) = ("by" IS NULL)')
    op.execute('INSERT INTO unsealed_line (place) SELECT place FROM audit_entry')
    for statement in (*ONLY_ADDED, *TO_BE_SEALED):
        op.execute(statement)


def downgrade() -> None:
    for table, names in {
        'audit_entry': ('to_be_sealed', 'never_emptied_at_once', 'only_added'),
        'seal': ('never_emptied_at_once', 'only_added'),
    }.items():
        for name in names:
            op.execute(f'DROP TRIGGER {name} ON {table}')
    for name in ('audit_entry_is_to_be_sealed', 'seal_is_only_added', 'audit_entry_is_only_added'):
        op.execute(f'DROP FUNCTION {name}()')
    op.drop_constraint(op.f('ck_audit_entry_emptied'), 'audit_entry', type_='check')
    op.drop_index('ix_audit_entry_at', table_name='audit_entry', postgresql_using='brin')
    op.drop_constraint(op.f('uq_audit_entry_place'), 'audit_entry', type_='unique')
    for name in ('outcome', 'adds_to', 'allowed', 'refusal', 'decision_id', 'legal_entity', 'on_behalf_of', 'secret', 'place'):
        op.drop_column('audit_entry', name)
    op.execute('DELETE FROM audit_entry WHERE "by" IS NULL')
    for name in ('subject_id', 'by', 'correlation_id'):
        op.alter_column('audit_entry', name, nullable=False)
    op.drop_index('ix_log_question_newest', table_name='log_question')
    op.drop_table('log_question')
    op.drop_table('seal')
    op.drop_table('unsealed_line')
