// The ground of a small picture: every edge projected and thinned once for its size, shared by all pictures of that size.
import { extentOf, polygonsOf } from "../area_map/src/geometry.js";
import { isBoxed } from "../area_map/src/framing.js";
import { boxesBelow, extentOfMain } from "./islands.js";

/** @typedef {import("../area_map/src/geometry.js").Atlas} Atlas */
/** @typedef {{left: number, top: number, width: number, height: number}} Pane CSS pixels of the picture */
/** @typedef {number[][]} Line points in CSS pixels */

const THIN = 0.6; // CSS pixels: a nearer point would not be seen
const DOT = 0.7; // half of the least square that an area is drawn as
const SPECK = 1.6; // the same in a box of islands, where nothing else would be seen
export const PAD = 6;
const KEPT = 12; // sizes and frames of one geometry that are remembered

const height = (/** @type {number} */ lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

/** Mercator, in which a box of degrees fills the pane. */
function projection(/** @type {number[]} */ [west, south, east, north], /** @type {Pane} */ pane) {
  const wide = ((east - west) * Math.PI) / 180 || 1e-6;
  const scale = Math.min((pane.width - PAD * 2) / wide, (pane.height - PAD * 2) / (height(north) - height(south) || 1e-6));
  const x = pane.left + pane.width / 2 - (((west + east) * Math.PI) / 360) * scale;
  const y = pane.top + pane.height / 2 + ((height(north) + height(south)) / 2) * scale;
  return { scale, project: (/** @type {number[]} */ [lon, lat]) => [x + ((lon * Math.PI) / 180) * scale, y - height(lat) * scale] };
}

/** The first and the last point stay, so lines that met still meet. */
function thinned(/** @type {number[][]} */ points, /** @type {(point: number[]) => number[]} */ project) {
  /** @type {Line} */
  const line = [];
  for (let i = 0; i < points.length; i++) {
    const [x, y] = project(points[i]);
    const last = line.at(-1);
    if (!last || i === points.length - 1 || Math.abs(x - last[0]) + Math.abs(y - last[1]) >= THIN) line.push([x, y]);
  }
  return line;
}

/** @type {WeakMap<object, number[][][]>} */
const decoded = new WeakMap();

/** The arcs of a topology in degrees. */
function arcsOf(/** @type {any} */ topology) {
  const known = decoded.get(topology);
  if (known) return known;
  const { transform } = topology;
  const arcs = topology.arcs.map((/** @type {number[][]} */ arc) => {
    if (!transform) return arc;
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * transform.scale[0] + transform.translate[0], (y += dy) * transform.scale[1] + transform.translate[1]]);
  });
  decoded.set(topology, arcs);
  return arcs;
}

const ringsOf = (/** @type {any} */ { type, arcs }) => (type === "MultiPolygon" ? arcs.flat() : type === "Polygon" ? arcs : []);

/** Areas in one pane under one projection: the main picture, or the box of the far south. */
export class Sheet {
  /**
   * @param {Atlas} atlas
   * @param {(code: string) => boolean} shown
   * @param {number[]} extent
   * @param {Pane} pane
   * @param {string} [title] the word of a box
   */
  constructor(atlas, shown, extent, pane, title) {
    [this.pane, this.title] = [pane, title];
    const { scale, project } = projection(extent, pane);
    this.project = project;
    /** The zoom level of a web map of this scale. */
    this.zoom = Math.log2((scale * Math.PI * 2) / 256);
    const edges = arcsOf(atlas.topology);
    /** @type {Map<number, Line>} */
    const lines = new Map();
    const line = (/** @type {number} */ index) => {
      const at = index < 0 ? ~index : index;
      if (!lines.has(at)) lines.set(at, thinned(edges[at], project));
      const own = /** @type {Line} */ (lines.get(at));
      return index < 0 ? [...own].reverse() : own;
    };
    /** @type {Map<string, {code: string, area: any, rings: Line[], box: number[]}>} */
    this.shapes = new Map();
    atlas.areas.forEach((/** @type {any} */ area, /** @type {number} */ i) => {
      if (!area.box || !shown(area.code)) return;
      const seen = ringsOf(atlas.geometries[i]).map((/** @type {number[]} */ ring) => ring.flatMap(line)).filter(isSeen);
      const dot = title ? SPECK : DOT;
      const rings = !seen.length || isSmaller(extentOf(seen), dot * 2) ? [dotAt(project(area.centre), dot)] : seen;
      this.shapes.set(area.code, { code: area.code, area, rings, box: extentOf(rings) });
    });
    this.borders = this.lines(atlas.borders(shown).coordinates);
    this.atlas = atlas;
  }

  /** Lines or rings in degrees → CSS pixels. */
  lines(/** @type {number[][][]} */ lines) {
    return lines.map((points) => thinned(points, this.project));
  }

  /** The outline of all areas whose code begins so. */
  outline(/** @type {string} */ prefix) {
    const merged = this.atlas.outline(prefix, this.shapes, `small ${this.shapes.size}`);
    return this.lines(polygonsOf(merged).flat());
  }

  /** The area under a spot of the picture, or null. */
  at(/** @type {number} */ x, /** @type {number} */ y) {
    for (const { area, rings, box } of this.shapes.values())
      if (x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3] && holds(rings, x, y)) return area;
    return null;
  }
}

const isSeen = (/** @type {Line} */ ring) => {
  const [west, north, east, south] = extentOf([ring]);
  return east - west > THIN || south - north > THIN;
};

const isSmaller = (/** @type {number[]} */ [west, north, east, south], /** @type {number} */ size) => east - west < size && south - north < size;

const dotAt = (/** @type {number[]} */ [x, y], /** @type {number} */ r) => [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];

/** Even-odd over all rings. */
function holds(/** @type {Line[]} */ rings, /** @type {number} */ x, /** @type {number} */ y) {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  return inside;
}

/** @typedef {{size: {width: number, height: number}, main: Sheet, boxes: Sheet[], context: Line[]}} Ground */

/** @type {WeakMap<Atlas, Map<string, Ground>>} */
const grounds = new WeakMap();

/**
 * The ground of a picture, made once for all pictures of the same geometry, frame and size.
 * @param {Atlas} atlas
 * @param {Atlas | null} outline land around a single prefecture
 * @param {{fit: string, inset: boolean, words: Record<string, string>}} data
 * @param {{width: number, height: number}} size CSS pixels
 * @returns {Ground}
 */
export function groundOf(atlas, outline, data, size) {
  const known = grounds.get(atlas) ?? new Map();
  grounds.set(atlas, known);
  const key = [data.fit, data.inset, Boolean(outline), size.width, size.height].join("|");
  if (!known.has(key)) {
    if (known.size >= KEPT) known.clear();
    const start = performance.now();
    known.set(key, makeGround(atlas, outline, data, size));
    performance.measure("small-map-ground", { start });
  }
  return known.get(key);
}

function makeGround(/** @type {Atlas} */ atlas, /** @type {Atlas|null} */ outline, /** @type {any} */ data, /** @type {any} */ size) {
  const boxed = (/** @type {string} */ code) => isBoxed(code, data, atlas);
  const below = boxesBelow(atlas, data, size);
  const apart = (/** @type {string} */ code) => boxed(code) || below.some(({ holds: own }) => own(code));
  const extent = extentOfMain({ data, atlas });
  const height = size.height - Math.max(0, ...below.map(({ pane }) => pane.height + PAD));
  const main = new Sheet(atlas, (code) => !apart(code), extent, { left: 0, top: 0, width: size.width, height });
  const around = atlas.prefectures.size === 1 && outline ? outline.features.filter((/** @type {any} */ item) => !atlas.prefectures.has(String(item.properties.code).slice(0, 2))) : [];
  const land = [...around, ...(atlas.land?.features ?? [])].flatMap((/** @type {any} */ item) => polygonsOf(item.geometry).map((polygon) => polygon[0])).filter(near(extent));
  const far = atlas.areas.filter((/** @type {any} */ area) => area.box && boxed(area.code));
  const boxes = below.map(({ holds: own, extent: framed, pane, title }) => new Sheet(atlas, own, framed, pane, title));
  if (far.length) boxes.push(boxSheet(atlas, boxed, far, size, data.words.inset_southwest));
  return { size, main, boxes, context: main.lines(land) };
}

/** Whether a ring may be seen beside a frame: the picture is at most as much wider as it is higher. */
function near(/** @type {number[]} */ [west, south, east, north]) {
  const margin = Math.max(east - west, north - south);
  return (/** @type {number[][]} */ ring) => {
    const own = extentOf([ring]);
    return own[0] < east + margin && own[2] > west - margin && own[1] < north + margin && own[3] > south - margin;
  };
}

function boxSheet(/** @type {Atlas} */ atlas, /** @type {(code: string) => boolean} */ boxed, /** @type {any[]} */ far, /** @type {any} */ size, /** @type {string} */ title) {
  const width = Math.round(Math.max(60, size.width * 0.4));
  const pane = { width, height: Math.round(width / 1.62), left: size.width - width - 3, top: size.height - Math.round(width / 1.62) - 3 };
  return new Sheet(atlas, boxed, extentOf(far.flatMap((area) => polygonsOf(area.feature.geometry).map((polygon) => polygon[0]))), pane, title || " ");
}
