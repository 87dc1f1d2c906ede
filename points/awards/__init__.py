"""Rule books, funds, verifications, awards, vesting and corrections."""
