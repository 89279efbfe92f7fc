"""The pure core: areas, fiscal years, names, the regional mesh and shapes. No files, no SQL, no screen."""
