"""The history of the schema: one folder for each Tortoise app, the guards as SQL beside their migration."""
