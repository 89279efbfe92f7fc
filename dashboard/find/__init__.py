"""What the page 連携先をさがす is made of: the point, the filters, the list, the map and the files."""
