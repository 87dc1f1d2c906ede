"""The ledger's tables and their guards."""
