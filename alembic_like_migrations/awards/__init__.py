"""The tables of points/awards and their guards."""
