"""The tables of points/market and their guards."""
