"""Redemptions undone: one entry that gives everything back, and where something stays, a redemption of what stays."""
