"""A deck as a PowerPoint file that a person can edit: native shapes, real text, connectors, tables and charts."""

from dashboard.annual.powerpoint.deck import pptx

__all__ = ["pptx"]
