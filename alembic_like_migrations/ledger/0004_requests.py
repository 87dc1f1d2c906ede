"""Let a book made before SM3 take its requests too: `sm3:` and 64 digits are 68 characters, `sha256:` and 64 are 71."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import LoosenCheck


class Migration(operations.Migration):
    """Books made since have the wider check from the beginning (0001_initial.*.sql)."""

    dependencies = [("ledger", "0003_audits")]

    operations = [
        LoosenCheck(
            "ledger_transaction",
            "ledger_transaction_request_check",
            old="CHECK (length(request) = 71)",
            new="CHECK (length(request) IN (68, 71))",
            postgres="length(request) = ANY (ARRAY[68, 71])",
        )
    ]
