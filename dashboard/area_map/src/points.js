// Points: places as circles, grantees as triangles, crowds of them as one numbered circle. A point may itself stand for many
// places (its weight); what is shown and counted is always the number of places.
import Supercluster from "supercluster";

const RADIUS = { place: 5, grant: 7 };
const TAU = Math.PI * 2;
const LONGEST_NUMBER = 10_000; // from here on a circle is too small for all of its digits
const weightOf = (/** @type {any} */ properties) => Math.max(1, properties.weight ?? 1);

/** @typedef {import("./types.js").MapPoint} MapPoint */

/**
 * A points file is a list of points, or {columns, rows} of the same (shorter).
 * @param {any} json
 * @returns {MapPoint[]}
 */
export function decodePoints(json) {
  if (Array.isArray(json)) return json;
  const { columns, rows } = json;
  return rows.map((/** @type {any[]} */ row) => Object.fromEntries(columns.map((/** @type {string} */ name, /** @type {number} */ i) => [name, row[i]])));
}

/** The points of one map, clustered per kind. */
export class PointLayer {
  /** @param {MapPoint[]} points */
  constructor(points) {
    this.counts = { place: 0, grant: 0 };
    this.indexes = ["place", "grant"].map((kind) => {
      const own = points.filter((point) => (point.kind ?? "place") === kind && Number.isFinite(point.lat) && Number.isFinite(point.lon));
      this.counts[/** @type {"place"|"grant"} */ (kind)] = own.reduce((sum, point) => sum + weightOf(point), 0);
      const index = new Supercluster({
        radius: 42, maxZoom: 13, extent: 256,
        map: (/** @type {any} */ point) => ({ weight: weightOf(point) }),
        reduce: (/** @type {any} */ sum, /** @type {any} */ one) => { sum.weight += one.weight; },
      });
      index.load(own.map((point) => ({ type: "Feature", properties: point, geometry: { type: "Point", coordinates: [point.lon, point.lat] } })));
      return { kind, index };
    });
    /** @type {any[]} */
    this.spots = [];
  }

  /** What is to be seen at this zoom, in layer coordinates. */
  place(/** @type {import("leaflet").Map} */ map) {
    const zoom = Math.max(0, Math.round(map.getZoom()));
    const view = map.getBounds().pad(0.3);
    const box = /** @type {[number, number, number, number]} */ ([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()]);
    this.spots = this.indexes.flatMap(({ kind, index }) =>
      index.getClusters(box, zoom).map((/** @type {any} */ item) => {
        const [lon, lat] = item.geometry.coordinates;
        const { x, y } = map.latLngToLayerPoint([lat, lon]);
        const count = weightOf(item.properties);
        const r = count > 1 ? 10 + Math.min(12, Math.log2(count) * 1.4) : RADIUS[/** @type {"place"|"grant"} */ (kind)];
        const shown = shortOf(count);
        return { kind, index, x, y, r, count, shown, lat, lon, isCluster: Boolean(item.properties.cluster), id: item.properties.cluster_id, point: item.properties };
      }),
    );
    return this.spots;
  }

  /** The spot under a pointer (layer coordinates), the topmost first. */
  at(/** @type {{x: number, y: number}} */ { x, y }) {
    return this.spots.findLast((spot) => Math.hypot(spot.x - x, spot.y - y) <= Math.max(spot.r + 3, 9)) ?? null;
  }

  /** @param {CanvasRenderingContext2D} ctx @param {any} theme */
  paint(ctx, theme) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const spot of this.spots) paintSpot(ctx, spot, theme);
  }
}

/** 12,345 → 1.2万, or 12K on an English page. */
function shortOf(/** @type {number} */ count) {
  if (count < LONGEST_NUMBER) return String(count);
  return new Intl.NumberFormat(document.documentElement.lang || "ja", { notation: "compact" }).format(count);
}

/** @param {CanvasRenderingContext2D} ctx @param {any} spot @param {any} theme */
function paintSpot(ctx, { kind, x, y, r, count, shown }, theme) {
  ctx.beginPath();
  if (kind === "grant" && count === 1) {
    ctx.moveTo(x, y - r);
    ctx.lineTo(x + r * 0.95, y + r * 0.75);
    ctx.lineTo(x - r * 0.95, y + r * 0.75);
    ctx.closePath();
  } else ctx.arc(x, y, r, 0, TAU);
  ctx.strokeStyle = theme.halo;
  ctx.lineWidth = 4;
  ctx.stroke();
  ctx.fillStyle = theme[kind];
  ctx.fill();
  if (count === 1) return;
  ctx.fillStyle = theme.dark ? "#0e1117" : "#ffffff";
  ctx.font = `700 ${count > 99 ? 10 : 11}px ${theme.font}`;
  ctx.fillText(kind === "grant" ? `▲${shown}` : shown, x, y + 0.5);
}
