"""From curated tables to one DuckDB file per build: read, load, check, publish, export. Never the screen."""
