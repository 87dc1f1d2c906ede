"""The tables of points/evidence and their guards."""
