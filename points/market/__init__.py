"""Shops, items, prices, stock and the counter."""
