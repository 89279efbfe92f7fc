// How a state looks: a colour and a pattern, for the map's canvas and the legend's swatches alike.

/** @typedef {import("./types.js").LegendEntry} LegendEntry */

/** On a dark page the strongest state is the lightest one; other colours are kept. */
const DARK = new Map([
  ["#0017c1", "#9db7f9"],
  ["#4979f5", "#4979f5"],
  ["#c5d7fb", "#1d2f6f"],
]);

/** @param {string} colour any colour the browser resolves to rgb() */
function brightness(colour) {
  const [r, g, b] = (colour.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

/**
 * Reads the page's theme. Streamlit hands its colours down as CSS variables.
 * @param {HTMLElement} root
 */
export function readTheme(root) {
  const ground = getComputedStyle(/** @type {HTMLElement} */ (root.querySelector(".live"))).backgroundColor;
  const dark = brightness(ground) < 0.45;
  const paper = dark ? "#212124" : "#ffffff";
  root.style.setProperty("--paper", paper);
  return {
    dark,
    ground,
    font: getComputedStyle(root).fontFamily,
    ink: dark ? "#f1f1f4" : "#1a1a1a",
    paper,
    land: dark ? "#2c2e36" : "#ececf0",
    landLine: dark ? "#565862" : "#d0d0d6",
    border: dark ? "#c9c9d1" : "#6b6b70",
    accent: "#fb5b01",
    casing: dark ? "#0e1117" : "#ffffff",
    hover: dark ? "#ffffff" : "#1a1a1a",
    place: dark ? "#5fd596" : "#115a36",
    grant: dark ? "#ffa66b" : "#c74700",
    halo: dark ? "#0e1117" : "#ffffff",
  };
}

/**
 * Paints one tile of a pattern at the screen's resolution.
 * @param {number} side CSS pixels
 * @param {(ctx: CanvasRenderingContext2D) => void} draw
 */
function tile(side, draw) {
  const scale = Math.max(1, Math.round(globalThis.devicePixelRatio || 1)) * 2;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * scale;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(scale, scale);
  draw(ctx);
  const pattern = /** @type {CanvasPattern} */ (ctx.createPattern(canvas, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}

const flood = (/** @type {CanvasRenderingContext2D} */ ctx, /** @type {string} */ colour, /** @type {number} */ side) => {
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, side, side);
};

/** White diagonals; the line crosses the tile's corners so that the pattern joins without a seam. */
const hatch = (/** @type {string} */ fill, /** @type {string} */ line, /** @type {boolean} */ fine) => {
  const side = fine ? 5 : 7;
  return tile(side, (ctx) => {
    flood(ctx, fill, side);
    ctx.strokeStyle = line;
    ctx.lineWidth = side * 0.27;
    ctx.beginPath();
    for (const shift of [-side, 0, side]) {
      ctx.moveTo(shift - 1, side + 1);
      ctx.lineTo(shift + side + 1, -1);
    }
    ctx.stroke();
  });
};

const dots = (/** @type {string} */ fill, /** @type {string} */ line, /** @type {boolean} */ fine) => {
  const side = fine ? 4 : 6;
  return tile(side, (ctx) => {
    flood(ctx, fill, side);
    ctx.fillStyle = line;
    ctx.globalAlpha = fine ? 0.75 : 0.85;
    for (const [x, y] of [[0.25, 0.25], [0.75, 0.75]]) {
      ctx.beginPath();
      ctx.arc(x * side, y * side, fine ? 0.5 : 0.7, 0, Math.PI * 2);
      ctx.fill();
    }
  });
};

const question = (/** @type {string} */ fill, /** @type {string} */ ink, /** @type {boolean} */ fine) => {
  const side = fine ? 12 : 20;
  return tile(side, (ctx) => {
    flood(ctx, fill, side);
    ctx.fillStyle = ink;
    ctx.font = `600 ${fine ? 8 : 11}px sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText("?", side / 2, side / 2 + 0.5);
  });
};

/** Drawn first to last: the strongest state's edge lies on top where two meet. */
const ORDER = ["unknown", "outline", "dots", "solid", "hatch"];

/**
 * @typedef {object} Look
 * @property {string|CanvasPattern} fill
 * @property {string} plain the colour without its pattern
 * @property {string} line
 * @property {number} weight of the line, CSS pixels
 * @property {number} [alpha] of the line
 * @property {string} [casing] colour of a wider line below the line
 * @property {number} rank painted from low to high
 * @property {boolean} [strong] filled, as a state that was confirmed
 */

/**
 * @param {LegendEntry} entry
 * @param {ReturnType<typeof readTheme>} theme
 * @param {boolean} fine small areas (the nation): finer pattern, thinner line
 * @returns {Look}
 */
export function lookOf(entry, theme, fine) {
  const shade = (/** @type {string} */ colour) => (theme.dark ? (DARK.get(colour.toLowerCase()) ?? colour) : colour);
  const weight = fine ? 0.5 : 1;
  const rank = ORDER.indexOf(entry.pattern);
  const fill = (theme.dark && entry.fill_dark) || shade(entry.fill || "#ffffff");
  // White lines part neighbours of one state: on a dark page the ground does.
  const line = theme.dark && /^#fff(fff)?$/i.test(entry.line) ? theme.ground : shade(entry.line || "#949494");
  // Seen from afar the lines between 1,741 areas must not outweigh their states.
  const alpha = fine ? { dots: 0.3, outline: 0.6, solid: 0.5, unknown: 0.6 }[/** @type {string} */ (entry.pattern)] : 1;
  const strong = entry.pattern === "solid" || entry.pattern === "hatch";
  const look = { fill, plain: fill, line, weight, alpha, rank, strong };
  switch (entry.pattern) {
    case "hatch":
      return { ...look, fill: hatch(fill, theme.paper, fine), line: entry.line ? line : theme.paper };
    case "dots":
      return { ...look, fill: dots(fill, shade("#0017c1"), fine) };
    case "outline":
      return { ...look, fill: theme.dark ? theme.ground : fill, plain: theme.ground, line: theme.dark ? "#7d7f89" : line };
    case "unknown":
      return { ...look, fill: question(theme.dark ? "#3a3c44" : fill, theme.dark ? "#c9c9d1" : "#626264", fine) };
    default:
      return look;
  }
}

/**
 * One legend swatch, 26 x 16 CSS pixels, painted with the look of the map.
 * @param {Look} look
 */
export function swatch(look, width = 26, height = 16) {
  const scale = Math.max(2, Math.ceil(globalThis.devicePixelRatio || 1));
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.setAttribute("aria-hidden", "true");
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(scale, scale);
  ctx.fillStyle = look.fill;
  ctx.fillRect(0.5, 0.5, width - 1, height - 1);
  ctx.strokeStyle = look.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(0.5, 0.5, width - 1, height - 1);
  return canvas;
}
