"""Leads; a follow-up is with a customer or with a lead, and in the pool it is nobody's."""

import sqlalchemy as sa
from alembic import op
from walls import wall

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

RULE = """
INSERT INTO follow_up_rule (company_id, event, days, working_days, active, version)
SELECT id, 'crm.lead.added', 1, false, true, 1 FROM company ON CONFLICT DO NOTHING"""


def upgrade() -> None:
    """Up."""
    _leads()
    _follow_ups()
    op.execute("ALTER TABLE follow_up_rule NO FORCE ROW LEVEL SECURITY")
    op.execute(RULE)
    op.execute("ALTER TABLE follow_up_rule FORCE ROW LEVEL SECURITY")


def _leads() -> None:
    op.create_table(
        "lead",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("wechat", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("wants", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("rep_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'pool') = (rep_id IS NULL)", name=op.f("ck_lead_pool")),
        sa.CheckConstraint("(state = 'converted') = (partner_id IS NOT NULL)", name=op.f("ck_lead_converted")),
        sa.CheckConstraint("(state = 'disqualified') = (reason IS NOT NULL)", name=op.f("ck_lead_reason")),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_lead_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_lead")),
    )
    op.create_index("ix_lead_state", "lead", ["company_id", "state", "created_at", "id"])
    op.create_index("ix_lead_rep", "lead", ["company_id", "rep_id", "created_at", "id"])
    op.create_index("ix_lead_partner", "lead", ["company_id", "partner_id"], postgresql_where="partner_id IS NOT NULL")
    wall("lead")


def _follow_ups() -> None:
    op.alter_column("follow_up", "partner_id", nullable=True)
    op.alter_column("follow_up", "rep_id", nullable=True)
    op.add_column("follow_up", sa.Column("lead_id", sa.Uuid(), nullable=True))
    op.add_column("follow_up", sa.Column("place", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("fk_follow_up_company_id_lead_id"),
        "follow_up",
        "lead",
        ["company_id", "lead_id"],
        ["company_id", "id"],
    )
    op.create_check_constraint(op.f("ck_follow_up_whom"), "follow_up", "num_nonnulls(partner_id, lead_id) = 1")
    op.create_check_constraint(op.f("ck_follow_up_rep"), "follow_up", "rep_id IS NOT NULL OR lead_id IS NOT NULL")
    op.create_index(
        "ix_follow_up_lead", "follow_up", ["company_id", "lead_id", "id"], postgresql_where="lead_id IS NOT NULL"
    )


def downgrade() -> None:
    """Down: what was noted about leads goes with them."""
    op.execute("ALTER TABLE follow_up NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE follow_up_rule NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM follow_up WHERE lead_id IS NOT NULL")
    op.execute("DELETE FROM follow_up_rule WHERE event = 'crm.lead.added'")
    op.execute("ALTER TABLE follow_up FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE follow_up_rule FORCE ROW LEVEL SECURITY")
    op.drop_constraint(op.f("ck_follow_up_rep"), "follow_up")
    op.drop_constraint(op.f("ck_follow_up_whom"), "follow_up")
    op.drop_column("follow_up", "place")
    op.drop_column("follow_up", "lead_id")
    op.alter_column("follow_up", "rep_id", nullable=False)
    op.alter_column("follow_up", "partner_id", nullable=False)
    op.drop_table("lead")
