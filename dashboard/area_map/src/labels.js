// Names of the areas: inside the polygon, what stands out and then the bigger area first, never over one another.

const PX = { big: 13, small: 11 };

/** @param {string} plain colour of the state below the name, #rrggbb or rgb() */
function isDarkGround(plain) {
  const hex = /^#(..)(..)(..)$/.exec(plain);
  const [r, g, b] = hex ? hex.slice(1).map((part) => Number.parseInt(part, 16)) : (plain.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110; // white on a lighter blue would be below 4.5 : 1
}

/** Filled states that only some of the areas have: their names come first. */
export function rareStates(/** @type {any[]} */ areas, /** @type {(area: any) => import("./looks.js").Look | undefined} */ lookOf) {
  const counts = new Map();
  for (const area of areas) counts.set(lookOf(area), (counts.get(lookOf(area)) ?? 0) + 1);
  return new Set([...counts].filter(([look, count]) => look.strong && count <= areas.length / 4).map(([look]) => look));
}

const overlaps = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/**
 * Chooses the names that fit at this zoom.
 * @param {any[]} areas shown areas
 * @param {import("leaflet").Map} map
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} font font family
 * @param {(area: any) => boolean} standsOut areas whose name the reader will look for
 * @param {number[][]} taken frames that are taken already: left, top, right, bottom
 * @returns {{area: any, x: number, y: number, px: number}[]} layer coordinates of the middle
 */
export function placeNames(areas, map, ctx, font, standsOut, taken) {
  const placed = [];
  const scale = 2 ** map.getZoom();
  const first = new Set(areas.filter(standsOut));
  for (const area of [...areas].sort((a, b) => Number(first.has(b)) - Number(first.has(a)) || b.size - a.size)) {
    const side = (Math.sqrt(area.size) * scale * 256) / 360; // width of a square of that area, CSS pixels
    const px = side > 70 ? PX.big : PX.small;
    ctx.font = `500 ${px}px ${font}`;
    const width = ctx.measureText(area.name).width;
    if (first.has(area) ? side < px : side < width * 0.62 || side < px * 1.6) continue;
    const [lon, lat] = area.heart;
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    const frame = [x - width / 2 - 3, y - px / 2 - 2, x + width / 2 + 3, y + px / 2 + 2];
    if (taken.some((other) => overlaps(frame, other))) continue;
    taken.push(frame);
    placed.push({ area, x, y, px });
  }
  return placed;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {ReturnType<typeof placeNames>} names
 * @param {(area: any) => import("./looks.js").Look | undefined} lookOf
 * @param {any} theme
 */
export function paintNames(ctx, names, lookOf, theme) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const { area, x, y, px } of names) {
    const look = lookOf(area);
    const dark = look ? isDarkGround(look.plain) : theme.dark;
    ctx.font = `500 ${px}px ${theme.font}`;
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = dark ? (look ? look.plain : theme.casing) : "rgba(255,255,255,.92)";
    ctx.fillStyle = dark ? "#ffffff" : "#1a1a1a";
    ctx.strokeText(area.name, x, y);
    ctx.fillText(area.name, x, y);
  }
}
