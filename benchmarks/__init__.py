"""What the ledger costs, measured as ratios to a baseline in the same run."""
