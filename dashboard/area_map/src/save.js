// The picture to take along: map, Okinawa box, legend, title and source as one PNG at twice the size on screen.

const NOTE_LINE = 17;
const SCALE = 2;

function paintStage(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {any} */ stage) {
  const { x, y } = stage.map.containerPointToLayerPoint([0, 0]);
  const size = stage.map.getSize();
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, size.x, size.y);
  ctx.clip();
  ctx.translate(-x, -y);
  for (const renderer of [stage.renderer, stage.focusRenderer, stage.marks].filter(Boolean)) {
    const own = renderer._ctx;
    renderer._ctx = ctx;
    renderer._redrawBounds = null;
    renderer._draw();
    renderer._ctx = own;
  }
  ctx.restore();
}

function paintLegend(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {any} */ { entries, looks, theme, pointLines }, /** @type {number} */ width) {
  let y = 0;
  const words = (/** @type {string} */ label, /** @type {number|null|undefined} */ count) => {
    ctx.font = `400 13px ${theme.font}`;
    const number = count?.toLocaleString("ja-JP") ?? "";
    ctx.fillText(label, 50, y + 8, Math.max(60, width - 62 - ctx.measureText(number).width));
    ctx.textAlign = "right";
    ctx.fillText(number, width, y + 8);
    ctx.textAlign = "left";
    y += 24;
  };
  for (const entry of entries) {
    const look = looks.get(entry.key);
    ctx.fillStyle = look.fill;
    ctx.fillRect(0, y, 26, 16);
    ctx.strokeStyle = look.line;
    ctx.lineWidth = 1;
    ctx.strokeRect(0.5, y + 0.5, 25, 15);
    ctx.fillStyle = theme.ink;
    ctx.textBaseline = "middle";
    ctx.font = `700 13px ${theme.font}`;
    ctx.fillText(entry.key, 34, y + 8);
    words(entry.label, entry.count);
  }
  for (const { shape, label, count } of pointLines) {
    ctx.fillStyle = theme[shape];
    ctx.font = `700 13px ${theme.font}`;
    ctx.fillText(shape === "grant" ? "▲" : "●", 6, y + 8);
    ctx.fillStyle = theme.ink;
    words(label, count);
  }
}

/** What the picture shows; of a build-up, which of its frames. */
export function titleOf(/** @type {any} */ { data: { words }, frame }) {
  const title = words.save_title ?? words.map_label ?? "";
  return frame ? (words.save_title_frame ?? "{label} {title}").replace("{label}", frame.label).replace("{title}", title) : title;
}

/** @param {any} view @returns {HTMLCanvasElement} */
export function drawPicture(view) {
  const { data, chrome, theme, main, box, hasBox, root } = view;
  const pad = 20;
  const head = 40;
  const below = root.classList.contains("below");
  const map = main.map.getSize();
  const legend = { width: chrome.legend.offsetWidth - 24, height: (data.legend.length + view.pointLines.length) * 24 };
  const foot = 28 + (below ? legend.height + 12 : 0);
  const canvas = document.createElement("canvas");
  canvas.width = (map.x + pad * 2) * SCALE;
  const notes = [view.frame?.note ?? "", data.attribution ?? "", ...(data.words.save_notes ?? "").split("\n")].filter(Boolean);
  canvas.height = (head + map.y + foot + pad + (notes.length - 1) * NOTE_LINE) * SCALE;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const at = (/** @type {number} */ x, /** @type {number} */ y, /** @type {() => void} */ paint) => {
    ctx.save();
    ctx.translate(x, y);
    paint();
    ctx.restore();
  };
  ctx.scale(SCALE, SCALE);
  ctx.fillStyle = theme.dark ? theme.ground : "#ffffff";
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = theme.ink;
  ctx.font = `700 17px ${theme.font}`;
  ctx.textBaseline = "middle";
  ctx.fillText(titleOf(view), pad, head / 2 + 6, map.x);
  at(pad, head, () => paintStage(ctx, main));
  if (hasBox) {
    const inner = chrome.insetMap.getBoundingClientRect();
    const outer = chrome.frame.getBoundingClientRect();
    at(pad + inner.left - outer.left, head + inner.top - outer.top, () => {
      paintStage(ctx, box);
      ctx.strokeStyle = theme.landLine;
      ctx.strokeRect(0, 0, inner.width, inner.height);
      ctx.fillStyle = theme.ink;
      ctx.font = `500 11px ${theme.font}`;
      ctx.fillText(chrome.insetTitle.textContent ?? "", 6, 10);
    });
  }
  at(pad + (below ? 0 : 12), head + (below ? map.y + 12 : 12), () => paintLegend(ctx, view, legend.width));
  ctx.fillStyle = theme.ink;
  ctx.font = `400 11px ${theme.font}`;
  notes.forEach((note, index) => ctx.fillText(note, pad, head + map.y + foot + index * NOTE_LINE, map.x));
  return canvas;
}

/** Hands the picture to the browser as a download. */
export function savePicture(/** @type {any} */ view) {
  drawPicture(view).toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    const name = view.data.words.save_name ?? "map";
    link.download = `${view.frame ? `${name}_${view.player.at + 1}` : name}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}
