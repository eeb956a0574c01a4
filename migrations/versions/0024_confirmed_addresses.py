"""An address for notices is confirmed by its owner; those typed before are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.add_column("notice_reader", sa.Column("mail_confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notice_reader", sa.Column("mail_link_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Down."""
    op.drop_column("notice_reader", "mail_link_id")
    op.drop_column("notice_reader", "mail_confirmed_at")
