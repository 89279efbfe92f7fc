// A stage is one Leaflet map without tiles: the areas, what is in focus, and the names and points above. The main map and the
// Okinawa box are both stages.
import * as L from "leaflet";
import { FreeCanvas, StateCanvas, layerFor } from "./canvas.js";

/** Does the reader want less motion? */
export const calm = () => globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches;

/** @typedef {import("./looks.js").Look} Look */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Margins CSS pixels */

const viewWith = (/** @type {Margins} */ { left, top, right, bottom }) => ({
  paddingTopLeft: /** @type {[number, number]} */ ([left, top]),
  paddingBottomRight: /** @type {[number, number]} */ ([right, bottom]),
  maxZoom: 12,
  animate: false,
});

export class Stage {
  /**
   * @param {HTMLElement} box
   * @param {{fixed: boolean, paintMarks?: (ctx: CanvasRenderingContext2D) => void}} options fixed: never moves
   */
  constructor(box, { fixed, paintMarks }) {
    const moves = !fixed;
    this.map = L.map(box, {
      attributionControl: false, boxZoom: false, center: [37, 137], doubleClickZoom: false, dragging: moves, fadeAnimation: false,
      inertia: !calm(), keyboard: false, maxZoom: 13, minZoom: 2, scrollWheelZoom: moves, tapHold: false, touchZoom: moves,
      trackResize: false, zoom: 5, zoomAnimation: moves && !calm(), zoomControl: false, zoomSnap: 0, wheelPxPerZoomLevel: 90,
    });
    this.renderer = this.#canvas(StateCanvas, "areas", 400, { padding: 0.2 });
    this.focusRenderer = this.#canvas(StateCanvas, "focus", 410, { padding: 0.2 });
    if (paintMarks) this.marks = this.#canvas(FreeCanvas, "marks", 420, { padding: 0.1, paint: paintMarks });
    /** @type {Map<string, any>} */
    this.layers = new Map();
    /** @type {any[]} */
    this.ground = [];
    /** @type {any[]} */
    this.focused = [];
  }

  #canvas(/** @type {any} */ Kind, /** @type {string} */ pane, /** @type {number} */ level, /** @type {object} */ options) {
    this.map.createPane(pane).style.zIndex = String(level);
    return new Kind({ pane, ...options }).addTo(this.map);
  }

  /**
   * Swaps all areas in one go; nothing is painted before `restyle`.
   * @param {import("./geometry.js").Atlas} atlas
   * @param {{shown: (code: string) => boolean, context: any}} options
   */
  setAtlas(atlas, { shown, context }) {
    for (const layer of [...this.layers.values(), ...this.ground]) layer.remove();
    this.layers.clear();
    const add = (/** @type {any} */ geometry, /** @type {string} */ role, part = "") => {
      const layer = /** @type {any} */ (layerFor(geometry, { renderer: this.renderer, look: null }));
      Object.assign(layer.options, { role, part });
      return layer.addTo(this.map);
    };
    const full = (/** @type {any} */ item) => item.geometry && item.geometry.coordinates.length > 0;
    this.ground = (context?.features ?? []).filter(full).map((/** @type {any} */ item) => add(item.geometry, "context"));
    for (const item of (atlas.land?.features ?? []).filter(full)) this.ground.push(add(item.geometry, "land"));
    for (const area of atlas.areas) if (shown(area.code) && full(area.feature)) this.layers.set(area.code, add(area.feature.geometry, "area", area.code.slice(0, 2)));
    this.ground.push(add(atlas.borders(shown), "border"));
    this.atlas = atlas;
  }

  /**
   * Gives every area its look and paints once.
   * @param {(code: string) => Look | null} lookFor
   * @param {Record<string, Look>} grounds look of context, land and border
   */
  restyle(lookFor, grounds) {
    for (const [code, layer] of this.layers) layer.options.look = lookFor(code);
    for (const layer of this.ground) layer.options.look = grounds[layer.options.role];
    this.renderer.repaint();
    this.marks?.repaint();
  }

  /** Draws outlines above everything: {geometry, look} of what is hovered and what is selected. */
  focus(/** @type {{geometry: any, look: Look}[]} */ outlines) {
    for (const layer of this.focused) layer.remove();
    this.focused = outlines
      .filter(({ geometry }) => geometry?.coordinates.length)
      .map(({ geometry, look }) => layerFor(geometry, { renderer: this.focusRenderer, look }).addTo(this.map));
    this.focusRenderer.repaint();
  }

  /**
   * The shown area under a spot.
   * @param {any} spot layer coordinates
   * @returns {any} the area or null
   */
  at(spot) {
    for (const [code, layer] of this.layers)
      if (layer.options.look && layer._pxBounds?.contains(spot) && layer._containsPoint(spot)) return this.atlas?.byCode.get(code);
    return null;
  }

  /** Layer coordinates of an area's middle. */
  spotOf(/** @type {any} */ area) {
    const [lon, lat] = area.heart;
    return this.map.latLngToLayerPoint([lat, lon]);
  }

  /**
   * Shows a box of longitudes and latitudes as large as it fits, beside what lies on the map.
   * @param {number[]} box west, south, east, north
   * @param {Margins[]} pads possible margins, the largest picture wins
   */
  fit([west, south, east, north], pads) {
    const zoom = (/** @type {any} */ margins) => this.zoomFor([west, south, east, north], margins);
    const best = pads.reduce((a, b) => (zoom(b) > zoom(a) + 0.02 ? b : a));
    this.map.fitBounds(L.latLngBounds([south, west], [north, east]), viewWith(best));
  }

  /** The zoom at which a box of longitudes and latitudes fits between margins. */
  zoomFor(/** @type {number[]} */ [west, south, east, north], /** @type {Margins} */ margins) {
    const bounds = L.latLngBounds([south, west], [north, east]);
    return /** @type {any} */ (this.map)._getBoundsCenterZoom(bounds, viewWith(margins)).zoom;
  }

  get visible() {
    const { x, y } = this.map.getSize();
    return x > 0 && y > 0;
  }

  remove() {
    this.map.remove();
  }
}
