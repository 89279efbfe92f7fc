"""The pages with the annual map: from facts and layout to marks."""
