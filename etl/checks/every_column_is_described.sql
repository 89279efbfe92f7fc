-- すべての表と列に「日本語 — English」の説明がある
SELECT table_name, '' AS column_name, comment
FROM duckdb_tables()
WHERE database_name = current_database() AND NOT temporary AND NOT regexp_matches(coalesce(comment, ''), '.+ — .+')
UNION ALL
SELECT columns.table_name, columns.column_name, columns.comment
FROM duckdb_columns() AS columns
JOIN duckdb_tables() AS tables
    ON columns.table_oid = tables.table_oid AND columns.database_oid = tables.database_oid
WHERE
    tables.database_name = current_database()
    AND NOT tables.temporary
    AND NOT regexp_matches(coalesce(columns.comment, ''), '.+ — .+')
