"""Accounts, transactions and proof. This package knows nobody: no member, no shop, no grid."""
