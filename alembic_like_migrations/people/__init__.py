"""The tables of points/people and their guards."""
