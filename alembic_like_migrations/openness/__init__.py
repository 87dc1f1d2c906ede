"""The tables of points/openness and their guards."""
