// Leaflet's canvas, taught to fill with patterns and to paint a whole state in one stroke of the brush.
import * as L from "leaflet";

/** @typedef {import("./looks.js").Look} Look */

/** Adds a layer's clipped rings to the current path. */
function trace(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {any} */ layer, /** @type {boolean} */ closed) {
  for (const part of layer._parts) {
    for (let i = 0; i < part.length; i++) ctx[i ? "lineTo" : "moveTo"](part[i].x, part[i].y);
    if (closed && part.length) ctx.closePath();
  }
}

/** At rest the canvas lies on whole pixels; Leaflet leaves a fraction after a fractional zoom, and lines and names would blur. */
function _updateTransform(/** @type {any} */ center, /** @type {number} */ zoom) {
  L.Canvas.prototype._updateTransform.call(this, center, zoom);
  if (center === this._center && zoom === this._zoom) L.DomUtil.setPosition(this._container, this._bounds.min);
}

/** Layers by prefecture: the time of one fill grows faster than its number of edges. */
function slices(/** @type {any} */ layers) {
  const parts = new Map();
  for (const layer of layers) {
    const { part } = layer.options;
    const own = parts.get(part);
    if (own) own.push(layer);
    else parts.set(part, [layer]);
  }
  return parts.values();
}

/**
 * Areas of one look and prefecture are one path: no seams between neighbours, and some hundred fills instead of 1,741.
 * Layers carry `options.look` (null = not shown), `options.part` (prefecture) and `options.closed`.
 */
export const StateCanvas = L.Canvas.extend({
  _updateTransform,

  _draw() {
    const { _ctx: ctx, _redrawBounds: bounds } = this;
    /** @type {Map<Look, any[]>} */
    const groups = new Map();
    for (let order = this._drawFirst; order; order = order.next) {
      const { layer } = order;
      const { look } = layer.options;
      if (!look || !layer._parts?.length || (bounds && !layer._pxBounds?.intersects(bounds))) continue;
      const group = groups.get(look);
      if (group) group.push(layer);
      else groups.set(look, [layer]);
    }
    ctx.save();
    if (bounds) {
      const size = bounds.getSize();
      ctx.beginPath();
      ctx.rect(bounds.min.x, bounds.min.y, size.x, size.y);
      ctx.clip();
    }
    ctx.lineJoin = ctx.lineCap = "round";
    for (const look of [...groups.keys()].sort((a, b) => a.rank - b.rank))
      for (const slice of slices(groups.get(look))) this._brush(look, slice);
    ctx.restore();
  },

  /** @param {Look} look @param {any[]} layers */
  _brush(look, layers) {
    const ctx = this._ctx;
    ctx.beginPath();
    for (const layer of layers) trace(ctx, layer, layer.options.closed);
    if (look.fill) {
      ctx.fillStyle = look.fill;
      ctx.fill("evenodd");
    }
    if (look.casing) {
      ctx.strokeStyle = look.casing;
      ctx.lineWidth = look.weight * 2 + 1;
      ctx.stroke();
    }
    if (look.weight) {
      ctx.globalAlpha = look.alpha ?? 1;
      ctx.strokeStyle = look.line;
      ctx.lineWidth = look.weight;
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
  },

  /** One synchronous redraw of everything, whatever was asked for before. */
  repaint() {
    if (!this._map || !this._ctx) return;
    if (this._redrawRequest) L.Util.cancelAnimFrame(this._redrawRequest);
    this._redrawRequest = this._redrawBounds = null;
    this._redraw();
  },
});

/** A canvas that is painted by a function instead of by layers (names, points). */
export const FreeCanvas = L.Canvas.extend({
  _updateTransform,

  _draw() {
    const ctx = this._ctx;
    ctx.save();
    this.options.paint(ctx, this._map, this._bounds);
    ctx.restore();
  },
  repaint: StateCanvas.prototype.repaint,
});

/**
 * A Leaflet polygon or line for a GeoJSON geometry. Never interactive: the view finds what lies under the pointer itself.
 * @param {any} geometry
 * @param {{renderer: any, look: Look | null, pane?: string, smoothFactor?: number}} options
 */
export function layerFor(geometry, options) {
  const lines = geometry.type.endsWith("LineString");
  const depth = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 }[/** @type {string} */ (geometry.type)];
  const places = L.GeoJSON.coordsToLatLngs(geometry.coordinates, depth);
  const settings = { smoothFactor: 0.6, ...options, interactive: false, closed: !lines };
  return lines ? L.polyline(places, settings) : L.polygon(places, settings);
}
