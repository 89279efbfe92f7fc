"""What meets what: the quick tests of all against all say the same as the geometry library."""

import numpy as np
import pytest
import shapely

from dashboard.annual.layout.collisions import HAIR, crossings, overlaps, passages


@pytest.mark.parametrize("seed", range(5))
def test_lines_and_boxes_meet_as_the_geometry_library_says(seed: int) -> None:
    lots = np.random.default_rng(seed)
    starts, ends = lots.uniform(0, 100, (2, 40, 2))
    corners = lots.uniform(0, 90, (40, 2))
    boxes = np.hstack([corners, corners + lots.uniform(1, 20, (40, 2))])
    lines, areas = shapely.linestrings(np.stack([starts, ends], axis=1)), shapely.box(*boxes.T)
    smaller = shapely.box(*(boxes + np.array([HAIR, HAIR, -HAIR, -HAIR])).T)
    assert (crossings(starts, ends) == shapely.intersects(lines[:, None], lines)).all()
    assert (passages(starts, ends, boxes) == shapely.intersects(lines[:, None], areas)).all()
    assert (overlaps(boxes, boxes) == shapely.intersects(smaller[:, None], smaller)).all()


def test_lines_along_one_another_and_upright_ones_are_told_apart() -> None:
    lines = np.array([[0, 0, 10, 0], [5, 0, 15, 0], [11, 0, 20, 0], [3, -5, 3, 5]], float)
    met = crossings(lines[:, :2], lines[:, 2:])
    assert met.astype(int).tolist() == [[1, 1, 0, 1], [1, 1, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1]]
    boxes = np.array([[2, 1, 4, 3], [4, 1, 6, 3]], float)
    assert passages(lines[3:, :2], lines[3:, 2:], boxes).tolist() == [[True, False]]
    assert overlaps(boxes, boxes).tolist() == [[True, False], [False, True]]
