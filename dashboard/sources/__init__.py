"""データと出典, part by part: tables, documents, reconciliation, names and licences."""
