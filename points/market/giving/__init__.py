"""Giving: points that somebody gives to their household or to the care fund (关爱基金), and what the fund gives."""
