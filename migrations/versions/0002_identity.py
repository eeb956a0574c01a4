"""Companies, users, memberships, devices, passkeys, links; entering a company."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from walls import unwalled

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ENTERED = """
  membership_id uuid, role text, partner_id uuid, user_id uuid, user_name text, locale text, theme text,
  company_id uuid, slug text, company_name text, company_name2 text, currency text, time_zone text,
  taxpayer text, prices_with_tax boolean, chart text, demo boolean, company_version integer"""
COLUMNS = """
  m.id, m.role, m.partner_id, u.id, u.name, u.locale, u.theme,
  c.id, c.slug, c.name, c.name2, c.currency, c.time_zone, c.taxpayer, c.prices_with_tax, c.chart, c.demo, c.version"""
FUNCTIONS = (
    # Who this device is, in that company: sets the wall and returns the membership, in one statement.
    f"""
    CREATE FUNCTION enter(p_device uuid, p_company text) RETURNS TABLE ({ENTERED}) LANGUAGE plpgsql AS $$
    DECLARE v_user uuid; v_company uuid;
    BEGIN
      SELECT d.user_id INTO v_user FROM device d WHERE d.id = p_device AND d.ended_at IS NULL;
      SELECT c.id INTO v_company FROM company c WHERE c.slug = p_company;
      IF v_user IS NULL OR v_company IS NULL THEN RETURN; END IF;
      PERFORM set_config('app.user', v_user::text, true), set_config('app.company', v_company::text, true);
      RETURN QUERY SELECT {COLUMNS}
        FROM membership m JOIN app_user u ON u.id = m.user_id JOIN company c ON c.id = m.company_id
        WHERE m.user_id = v_user AND m.company_id = v_company AND m.ended_at IS NULL;
      IF NOT FOUND THEN PERFORM set_config('app.company', '', true); END IF;
    END $$
    """,
    # The same by a membership's key, to set the wall again after a commit and for commands.
    f"""
    CREATE FUNCTION enter_as(p_membership uuid) RETURNS TABLE ({ENTERED}) LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN QUERY SELECT {COLUMNS}
        FROM membership m JOIN app_user u ON u.id = m.user_id JOIN company c ON c.id = m.company_id
        WHERE m.id = p_membership AND m.ended_at IS NULL;
      PERFORM set_config('app.user', m.user_id::text, true), set_config('app.company', m.company_id::text, true)
        FROM membership m WHERE m.id = p_membership AND m.ended_at IS NULL;
    END $$
    """,
    """
    CREATE FUNCTION owner_of_company(p_said text) RETURNS uuid LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT m.id FROM membership m JOIN company c ON c.id = m.company_id
      WHERE p_said IN (c.slug, c.name, c.name2) AND m.role = 'owner' AND m.ended_at IS NULL
      ORDER BY c.slug <> p_said, c.created_at, m.created_at, m.id LIMIT 1 $$
    """,
    """
    CREATE FUNCTION device_lives(p_device uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
      SELECT EXISTS (SELECT FROM device WHERE id = p_device AND ended_at IS NULL) $$
    """,
    # Whether a user works anywhere but here: one company's owner must not reset another's people.
    """
    CREATE FUNCTION belongs_elsewhere(p_user uuid, p_company uuid) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT EXISTS (SELECT FROM membership
                     WHERE user_id = p_user AND company_id <> p_company AND ended_at IS NULL) $$
    """,
    # Sign a user out everywhere who belongs to no company any more.
    """
    CREATE FUNCTION end_stranded_devices(p_user uuid) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
      UPDATE device SET ended_at = now()
      WHERE user_id = p_user AND ended_at IS NULL
        AND NOT EXISTS (SELECT FROM membership WHERE user_id = p_user AND ended_at IS NULL) $$
    """,
)


def upgrade() -> None:
    """Up."""
    op.create_table(
        "app_user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("pin", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("login", name=op.f("uq_app_user_login")),
    )
    op.create_table(
        "company",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name2", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("taxpayer", sa.Text(), nullable=False),
        sa.Column("prices_with_tax", sa.Boolean(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("taxpayer IN ('general', 'small', 'none')", name=op.f("ck_company_taxpayer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("slug", name=op.f("uq_company_slug")),
    )
    op.create_table(
        "rate_limit",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_start", name=op.f("pk_rate_limit")),
    )
    op.create_table(
        "credential",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_credential_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_credential_credential_id")),
    )
    op.create_index(op.f("ix_credential_user_id"), "credential", ["user_id"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_device_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_user_id"), "device", ["user_id"], unique=False)
    op.create_table(
        "link_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_link_token_company_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_link_token")),
        sa.UniqueConstraint("id", name=op.f("uq_link_token_id")),
    )
    op.create_index(op.f("ix_link_token_company_id_purpose"), "link_token", ["company_id", "purpose"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("staff_number", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role IN ('supplier', 'customer')) = (partner_id IS NOT NULL)", name=op.f("ck_membership_partner")
        ),
        sa.CheckConstraint(
            "role IN ('owner', 'manager', 'sales', 'buyer', 'warehouse', 'accountant', 'auditor', 'supplier', "
            "'customer')",
            name=op.f("ck_membership_role"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_membership_company_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_membership_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"], unique=False)
    op.create_index(
        "uq_membership_living",
        "membership",
        ["company_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"], unique=False)
    unwalled("app_user", "company", "rate_limit", "credential", "device", "link_token", "membership", "recovery_code")
    # A membership is seen by its own user, and by those of its company, and written by these; the functions of the
    # tables' owner see all.
    op.execute("ALTER TABLE membership ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY membership_wall ON membership USING ("
        "user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid) "
        "OR company_id = (SELECT nullif(current_setting('app.company', true), '')::uuid)) "
        "WITH CHECK (company_id = (SELECT nullif(current_setting('app.company', true), '')::uuid))"
    )
    for statement in FUNCTIONS:
        op.execute(statement)


def downgrade() -> None:
    """Down."""
    op.drop_table("recovery_code")
    op.drop_table("membership")
    op.drop_table("link_token")
    op.drop_table("device")
    op.drop_table("credential")
    op.drop_table("rate_limit")
    op.drop_table("company")
    op.drop_table("app_user")
