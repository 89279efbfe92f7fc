"""The search orders and counts partners as a look at each of them would, however few of very many fit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dashboard.closed_lists import Offer, Reach
from dashboard.offer_filters import Attributes, Vocabulary
from dashboard.offer_search import KILOMETRES, MOST_NEAREST, Search, SeenBodies, SeenPoints
from dashboard.offers import Wanted
from geo.nearby import Nearby, metres_between

WORDS = Vocabulary(("食堂", "居場所"), ("children",), (), ("listed",))
SHOWN, POINTS, BODIES = 40, 3000, 60
AT = (139.0, 36.0)


def attributes(offer: Offer, count: int, rng: np.random.Generator) -> Attributes:
    """Return attributes of which few are known; one place in a thousand is a 居場所."""
    nothing = np.zeros(count, np.int64)
    kind = np.where(rng.uniform(size=count) < 0.001, 2, rng.integers(0, 2, count))
    target = (rng.uniform(size=count) < 0.1).astype(np.int64)
    return Attributes(offer, kind, target, nothing, nothing + 1, nothing)


@pytest.fixture(scope="module")
def world() -> tuple[dict[Offer, Any], dict[Offer, Any]]:
    """Partners of two kinds, many at one point and some without; and the metres of each."""
    rng = np.random.default_rng(7)
    lon, lat = AT[0] + rng.integers(-40, 40, POINTS) / 50, AT[1] + rng.integers(-40, 40, POINTS) / 50
    lon[::50] = np.nan
    metres = rng.choice([-1.0, 4000.0, 30_000.0, np.nan], BODIES)
    seen = {
        Offer.PLATFORM: SeenBodies(attributes(Offer.PLATFORM, BODIES, rng), metres),
        Offer.PLACE: SeenPoints(attributes(Offer.PLACE, POINTS, rng), Nearby(lon, lat), *AT),
    }
    return seen, {Offer.PLATFORM: metres, Offer.PLACE: metres_between(*AT, lon, lat)}


@pytest.mark.parametrize("reach", list(Reach))
@pytest.mark.parametrize("asked", [{}, {"target": "children"}, {"place_kind": "居場所"}])
@pytest.mark.parametrize("with_unknown", [False, True])
def test_the_answer_is_that_of_a_look_at_every_partner(
    world: Any, reach: Reach, asked: dict[str, str], *, with_unknown: bool
) -> None:
    seen, metres = world
    wanted = replace(Wanted(reach, frozenset(), year=2022, view="annual"), **asked)  # type: ignore[arg-type]
    hits = Search(seen, set(seen), wanted, WORDS, with_unknown, reach, SHOWN).hits()
    expected = []
    for number, kind in enumerate(Offer):
        if kind not in seen:
            continue
        known = seen[kind].attributes
        fits = known.fitting(wanted, WORDS)
        kept = fits if with_unknown else fits & known.known(wanted)
        limit = 1000 * KILOMETRES[reach] if reach in KILOMETRES else np.inf
        alone = sorted((far, number, at) for at, far in enumerate(metres[kind]) if kept[at] and far <= limit)
        alone = alone[: MOST_NEAREST.get(reach)]
        assert hits.counts[kind] == len(alone)
        expected += alone
    expected = sorted(expected)[: MOST_NEAREST.get(reach)]
    assert hits.total == len(expected)
    places = [one for one in expected if tuple(Offer)[one[1]] is Offer.PLACE]
    beyond = set(places[SHOWN:]) if reach in KILOMETRES else set()
    first = hits.first
    listed = list(zip(first.metres.tolist(), first.kind.tolist(), first.position.tolist(), strict=True))
    assert listed == [one for one in expected if one not in beyond]
