// Geometry: fetched once per address and page load, decoded once, shared by all maps of the page.
import { feature, merge, mesh } from "topojson-client";
import polylabel from "polylabel";

/** @type {Map<string, Promise<any>>} */
const files = new Map();

/** The site's root: the bundle lies in <root>/assets/. */
const ROOT = new URL("..", import.meta.url);

/**
 * @param {string} address path below the site's root, with or without a leading slash
 * @returns {Promise<any>} the decoded file; a failure is forgotten so that the next call tries again
 */
export function fetchOnce(address, decode = (/** @type {any} */ json) => json) {
  const url = new URL(address.replace(/^\/+/, ""), ROOT).href;
  const known = files.get(url);
  if (known) return known;
  const wanted = fetch(url)
    .then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      return answer.json();
    })
    .then(decode);
  files.set(url, wanted);
  wanted.catch(() => files.delete(url));
  return wanted;
}

/** @param {string} address */
export const fetchAtlas = (address) => fetchOnce(address, (topology) => new Atlas(topology));

/** Square degrees. */
export const ringArea = (/** @type {number[][]} */ ring) => {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += (ring[j][0] - ring[i][0]) * (ring[j][1] + ring[i][1]);
  return Math.abs(sum / 2);
};

/** @param {any} geometry a Polygon or MultiPolygon */
export const polygonsOf = (geometry) =>
  geometry?.type === "MultiPolygon" ? geometry.coordinates : geometry?.type === "Polygon" ? [geometry.coordinates] : [];

/** Equirectangular at the area's own latitude: a name is set as wide as it looks on the map. */
function heartOf(/** @type {any} */ polygon) {
  const squeeze = Math.cos((polygon[0][0][1] * Math.PI) / 180);
  const flat = polygon.map((/** @type {number[][]} */ ring) => ring.map(([x, y]) => [x * squeeze, y]));
  const [x, y] = polylabel(flat, 0.005);
  return [x / squeeze, y];
}

/** One decoded topology: its areas in the file's order, the land beside them, borders and merged outlines. */
export class Atlas {
  constructor(/** @type {any} */ topology) {
    this.topology = topology;
    const object = topology.objects.areas;
    /** @type {any[]} */
    this.geometries = object.geometries;
    this.features = feature(topology, object).features;
    this.areas = this.features.map((/** @type {any} */ item, /** @type {number} */ index) => this.#area(item, index));
    /** @type {Map<string, any>} */
    this.byCode = new Map(this.areas.map((/** @type {any} */ area) => [area.code, area]));
    this.land = topology.objects.land ? feature(topology, topology.objects.land) : null;
    this.prefectures = new Set(this.areas.map((/** @type {any} */ area) => area.code.slice(0, 2)));
    /** @type {Map<string, any>} */
    this.merged = new Map();
  }

  #area(/** @type {any} */ item, /** @type {number} */ index) {
    const polygons = polygonsOf(item.geometry);
    const sizes = polygons.map((/** @type {any} */ polygon) => ringArea(polygon[0]));
    const main = polygons[sizes.indexOf(Math.max(...sizes))];
    let box = null;
    return {
      index,
      code: String(item.properties.code),
      name: String(item.properties.name),
      feature: item,
      size: Math.max(0, ...sizes),
      /** West, south, east, north of the largest part: far islets must not shrink the picture. */
      get box() {
        return (box ??= main ? extentOf([main[0]]) : null);
      },
      get centre() {
        return this.box ? [(this.box[0] + this.box[2]) / 2, (this.box[1] + this.box[3]) / 2] : [0, 0];
      },
      get heart() {
        const value = main ? heartOf(main) : this.centre;
        Object.defineProperty(this, "heart", { value });
        return value;
      },
    };
  }

  /** Lines between prefectures and along the coast, exactly on the areas' own edges. */
  borders(/** @type {(code: string) => boolean} */ shown) {
    const object = { type: "GeometryCollection", geometries: this.geometries.filter((g) => shown(String(g.properties.code))) };
    const prefecture = (/** @type {any} */ g) => String(g.properties.code).slice(0, 2);
    return mesh(this.topology, object, (a, b) => a === b || prefecture(a) !== prefecture(b));
  }

  /**
   * The outline of all areas whose code begins with `prefix` (a whole prefecture, or one area).
   * @param {string} prefix
   * @param {{has: (code: string) => boolean}} shown only of these areas
   * @param {string} place a name for `shown`, to remember the answer
   */
  outline(prefix, shown, place) {
    const key = `${prefix} ${place}`;
    if (!this.merged.has(key)) {
      const parts = this.geometries.filter(({ properties: { code } }) => String(code).startsWith(prefix) && shown.has(String(code)));
      this.merged.set(key, merge(this.topology, parts));
    }
    return this.merged.get(key);
  }
}

/** @param {number[][][]} rings */
export function extentOf(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (const [x, y] of ring) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  return box;
}
