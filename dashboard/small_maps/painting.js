// One small picture on its canvas: states in the looks of the great map, thinner lines.

/** @typedef {import("../area_map/src/looks.js").Look} Look */
/** @typedef {import("./drawing.js").Line} Line */
/** @typedef {import("./drawing.js").Sheet} Sheet */

function trace(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {Line[]} */ lines, closed = true) {
  ctx.beginPath();
  for (const line of lines) {
    for (let i = 0; i < line.length; i++) ctx[i ? "lineTo" : "moveTo"](line[i][0], line[i][1]);
    if (closed) ctx.closePath();
  }
}

/** Areas of one look and prefecture are one path: no seams, and some hundred fills instead of 1,741. */
function paintAreas(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {Sheet} */ sheet, /** @type {(code: string) => Look|undefined} */ lookOf, /** @type {boolean} */ fine) {
  /** @type {Map<Look, Map<string, Line[]>>} */
  const groups = new Map();
  for (const { code, rings } of sheet.shapes.values()) {
    const look = lookOf(code);
    if (!look) continue;
    const parts = groups.get(look) ?? new Map();
    groups.set(look, parts);
    const prefix = code.slice(0, 2);
    const part = parts.get(prefix);
    if (part) part.push(...rings);
    else parts.set(prefix, [...rings]);
  }
  for (const [look, parts] of [...groups].sort(([a], [b]) => a.rank - b.rank))
    for (const rings of parts.values()) {
      trace(ctx, rings);
      ctx.fillStyle = look.fill;
      ctx.fill("evenodd");
      ctx.globalAlpha = look.alpha ?? 1;
      ctx.strokeStyle = look.line;
      ctx.lineWidth = look.weight * (fine ? 0.4 : 0.8);
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
}

function paintOutline(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {Line[]} */ rings, /** @type {string} */ line, /** @type {string} */ casing, /** @type {number} */ weight) {
  trace(ctx, rings);
  ctx.strokeStyle = casing;
  ctx.lineWidth = weight * 2 + 1;
  ctx.stroke();
  ctx.strokeStyle = line;
  ctx.lineWidth = weight;
  ctx.stroke();
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./drawing.js").Ground} ground
 * @param {{lookOf: (code: string) => Look|undefined, theme: any, fine: boolean, selected: string, hovered: string}} dress
 *   selected and hovered: beginnings of codes, "" for none
 */
export function paint(canvas, { size, main, boxes, context }, { lookOf, theme, fine, selected, hovered }) {
  const start = performance.now();
  const scale = globalThis.devicePixelRatio || 1;
  const { width, height } = size;
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(scale, scale);
  ctx.lineJoin = ctx.lineCap = "round";
  trace(ctx, context);
  [ctx.fillStyle, ctx.strokeStyle, ctx.lineWidth] = [theme.land, theme.landLine, 0.5];
  ctx.fill("evenodd");
  ctx.stroke();
  for (const sheet of [main, ...boxes]) {
    ctx.save();
    if (sheet !== main) paintBox(ctx, sheet, theme);
    paintAreas(ctx, sheet, lookOf, fine);
    trace(ctx, sheet.borders, false);
    [ctx.strokeStyle, ctx.lineWidth] = [theme.border, fine ? 0.4 : 0.8];
    ctx.stroke();
    if (selected) paintOutline(ctx, sheet.outline(selected), theme.accent, theme.casing, fine ? 1.6 : 2.2);
    if (hovered) paintOutline(ctx, sheet.outline(hovered), theme.hover, theme.casing, 1.4);
    ctx.restore();
  }
  performance.measure("small-map-paint", { start });
}

/** The ground of a box; what follows stays inside it. */
function paintBox(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {Sheet} */ { pane, title = "" }, /** @type {any} */ theme) {
  ctx.fillStyle = theme.ground;
  ctx.fillRect(pane.left, pane.top, pane.width, pane.height);
  [ctx.strokeStyle, ctx.lineWidth] = ["#949494", 1];
  ctx.strokeRect(pane.left + 0.5, pane.top + 0.5, pane.width - 1, pane.height - 1);
  [ctx.fillStyle, ctx.font, ctx.textBaseline] = [theme.ink, `500 9px ${theme.font}`, "top"];
  ctx.fillText(title, pane.left + 4, pane.top + 3, pane.width - 8);
  ctx.beginPath();
  ctx.rect(pane.left, pane.top, pane.width, pane.height);
  ctx.clip();
}
