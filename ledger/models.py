"""The ledger's six tables, as Tortoise reads them. Only the journal writes them, and never through these classes.

Their SQL stands in alembic_like_migrations/ledger/, because STRICT tables, checks and guards cannot be said here.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class LedgerAccount(Model):
    """An account as it was opened. Never changed: a new rule is a new account."""

    id = fields.IntField(primary_key=True)
    address = fields.CharField(max_length=200)
    unit = fields.CharField(max_length=40)
    floor = fields.BigIntField(null=True)
    opened_at = fields.BigIntField(description="position of the transaction that opened it")

    class Meta:
        table = "ledger_account"
        unique_together = (("address", "unit"),)


class LedgerTransaction(Model):
    """One transaction: `body` is the text that is hashed, the other columns repeat it so that it can be found."""

    position = fields.IntField(primary_key=True)
    reference = fields.CharField(max_length=200, unique=True)
    request = fields.CharField(max_length=80)
    kind = fields.CharField(max_length=20)
    evidence_kind = fields.CharField(max_length=20)
    evidence_id = fields.CharField(max_length=80)
    reverses = fields.IntField(null=True, unique=True)
    effective_on = fields.CharField(max_length=10)
    recorded_at = fields.CharField(max_length=27)
    body = fields.BinaryField()
    leaf = fields.BinaryField()

    class Meta:
        table = "ledger_transaction"


class LedgerPosting(Model):
    """One line of a transaction, id = position × 256 + line. `source` and `target` are account ids."""

    id = fields.IntField(primary_key=True)
    unit = fields.CharField(max_length=40)
    source = fields.IntField()
    source_version = fields.IntField()
    source_balance = fields.BigIntField()
    target = fields.IntField()
    target_version = fields.IntField()
    target_balance = fields.BigIntField()
    amount = fields.BigIntField()

    class Meta:
        table = "ledger_posting"
        unique_together = (("source", "source_version"), ("target", "target_version"))


class LedgerTile(Model):
    """256 RFC 6962 nodes side by side (8,192 bytes), written when full. id = level × 2⁴⁰ + index."""

    id = fields.BigIntField(primary_key=True)
    level = fields.IntField()
    index = fields.BigIntField()
    hashes = fields.BinaryField()

    class Meta:
        table = "ledger_tile"
        unique_together = (("level", "index"),)


class LedgerCheckpoint(Model):
    """A head of the log that was signed, `note` is the signed text, verbatim. id = the tree size."""

    size = fields.IntField(primary_key=True)
    root = fields.BinaryField()
    note = fields.TextField()
    signed_at = fields.CharField(max_length=27)

    class Meta:
        table = "ledger_checkpoint"


class LedgerCosignature(Model):
    """A witness's line under a checkpoint, verbatim."""

    id = fields.CharField(max_length=120, primary_key=True, description="size/witness")
    size = fields.IntField()
    witness = fields.CharField(max_length=80)
    line = fields.TextField()

    class Meta:
        table = "ledger_cosignature"
        unique_together = (("size", "witness"),)


class LedgerAudit(Model):
    """An audit that found nothing: how far, from where on (0: all of it), and the note in which the key says so."""

    checked_at = fields.CharField(max_length=27, primary_key=True)
    size = fields.IntField()
    root = fields.BinaryField()
    since = fields.IntField()
    note = fields.TextField()

    class Meta:
        table = "ledger_audit"
