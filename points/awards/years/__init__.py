"""A community's year: what was issued, awarded, spent and is left, and the two people who close it."""
