"""What earns and what is bought. Knows the ledger; knows no page."""
