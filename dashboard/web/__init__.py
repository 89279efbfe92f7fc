"""The web server's side of the dashboard: options, files by address, the first page, and who may enter."""
