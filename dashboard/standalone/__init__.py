"""Maps as one file each: for a meeting room without network, or an e-mail.

Leaflet and the TopoJSON reader are written into the file, the geometry is the build's own, and the same facts follow as tables.
`map_file` writes the map of a view in any layer, `points_file` the partners around a middle.
"""

from dashboard.standalone.map_file import standalone_file
from dashboard.standalone.points_file import point_sheet

__all__ = ["point_sheet", "standalone_file"]
