"""The tables of points/events and their guards."""
