"""The pages drawn: marks in, SVG, PDF and PNG out. PowerPoint, the fourth format, has a folder of its own."""
