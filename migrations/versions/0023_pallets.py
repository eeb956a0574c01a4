"""The pallets of a shipment, by the numbers on their labels (SSCC)."""

import sqlalchemy as sa
from alembic import op
from walls import wall

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "pallet",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("sscc", sa.Text(), nullable=False),
        sa.CheckConstraint("sscc ~ '^[0-9]{18}$'", name=op.f("ck_pallet_sscc")),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["shipment.company_id", "shipment.id"],
            name=op.f("fk_pallet_company_id_shipment_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "shipment_id", "sscc", name=op.f("pk_pallet")),
    )
    op.create_index("ix_pallet_sscc", "pallet", ["company_id", "sscc"])
    wall("pallet", rights="SELECT, INSERT")


def downgrade() -> None:
    """Down."""
    op.drop_table("pallet")
