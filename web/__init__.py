"""The doors: pages, sessions and their protections. Knows points and ledger; nobody knows it."""
