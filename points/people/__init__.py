"""Areas, members, households, teams, and who may do what, where."""
