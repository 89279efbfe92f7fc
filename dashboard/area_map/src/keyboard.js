// Moving between areas with the arrow keys.

/** Screen directions: x to the right, y downwards. */
const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export const isArrow = (/** @type {string} */ key) => key in STEP;

/**
 * The nearest spot that lies in the direction of the key: distance counts, and leaving the direction costs double.
 * @template {{x: number, y: number}} T
 * @param {T} from
 * @param {Iterable<T>} spots
 * @param {string} key
 * @returns {T | null}
 */
export function nearestTowards(from, spots, key) {
  const [dx, dy] = STEP[/** @type {keyof typeof STEP} */ (key)];
  let best = null;
  let least = Infinity;
  for (const spot of spots) {
    const along = (spot.x - from.x) * dx + (spot.y - from.y) * dy;
    if (spot === from || along <= 0) continue;
    const aside = Math.abs((spot.x - from.x) * dy) + Math.abs((spot.y - from.y) * dx);
    if (aside > along * 2.2) continue;
    const cost = Math.hypot(along, aside * 2);
    if (cost < least) [best, least] = [spot, cost];
  }
  return best;
}
