"""The history of the schema; imported by Alembic alone, when a database is migrated."""
