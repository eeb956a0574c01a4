"""Notices: browsers that take push, what each person wants, the groups' robots, and what has gone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from walls import wall

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "push_subscription",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_push_subscription_device_id")),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("company_id", "endpoint", name=op.f("uq_push_subscription_company_id_endpoint")),
    )
    op.create_index(
        op.f("ix_push_subscription_company_id_user_id"), "push_subscription", ["company_id", "user_id"], unique=False
    )
    op.create_index(op.f("ix_push_subscription_device_id"), "push_subscription", ["device_id"], unique=False)
    op.create_table(
        "notice_reader",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("quiet", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_to", sa.Time(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("choices", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("mail_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("company_id", "user_id", name=op.f("pk_notice_reader")),
    )
    op.create_table(
        "notice_robot",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("kinds", postgresql.JSONB(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("format IN ('wecom', 'dingtalk', 'feishu')", name=op.f("ck_notice_robot_format")),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_notice_robot")),
    )
    op.create_table(
        "notice_delivery",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("channel IN ('push', 'mail', 'robot')", name=op.f("ck_notice_delivery_channel")),
        sa.CheckConstraint("state IN ('sending', 'sent', 'waiting', 'failed')", name=op.f("ck_notice_delivery_state")),
        sa.PrimaryKeyConstraint(
            "company_id", "notification_id", "channel", "target_id", name=op.f("pk_notice_delivery")
        ),
    )
    op.create_index(
        op.f("ix_notice_delivery_company_id_target_id_at"),
        "notice_delivery",
        ["company_id", "target_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_notification_company_id_document_id_code"),
        "notification",
        ["company_id", "document_id", "code"],
        unique=False,
    )
    wall("push_subscription", "notice_reader", "notice_robot", "notice_delivery")


def downgrade() -> None:
    """Down."""
    op.drop_index(op.f("ix_notification_company_id_document_id_code"), table_name="notification")
    op.drop_table("notice_delivery")
    op.drop_table("notice_robot")
    op.drop_table("notice_reader")
    op.drop_table("push_subscription")
