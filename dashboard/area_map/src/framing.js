// What the first picture shows, and where it may lie.
import { extentOf, polygonsOf, ringArea } from "./geometry.js";

const PAD = 12; // CSS pixels
/** Zoom levels: where the legend would cost more than a tenth of the picture's width it goes below the map. */
const DEAR = 0.15;
/** 小笠原村: a thousand kilometres from the rest; with it Japan would be a third smaller. */
const FAR = /^13421$/;
/** Tokyo's islands: shown by moving the map, or the 23 wards would be specks. */
const TOKYO_ISLANDS = /^13(36|38|40|42)/;

/** @param {number} all */
export const marginsBeside = (all) => ({ left: all, top: all, right: all, bottom: all });

/** 奄美群島: with it in the main picture the rest of Japan would be a sixth smaller. */
const AMAMI = /^46(222|5[23])/;

/** Okinawa, and Amami where the box has a word for both, stand in the box on a map of the nation. */
export const isBoxed = (/** @type {string} */ code, /** @type {any} */ data, /** @type {any} */ atlas) =>
  Boolean(data.inset) && atlas.prefectures.size > 1 && (code.startsWith("47") || (Boolean(data.words.inset_southwest) && AMAMI.test(code)));

/** Square degrees, about 1 km²: smaller parts may lie outside the first picture. */
const ISLET = 1e-4;

/** The extent of an area in the picture: of the nation its largest part, of a prefecture all but islets. */
function boxOf(/** @type {any} */ area, /** @type {boolean} */ whole) {
  if (!whole) return area.box;
  const parts = polygonsOf(area.feature.geometry).map((polygon) => polygon[0]);
  const wide = parts.filter((ring) => ringArea(ring) >= ISLET);
  return extentOf(wide.length ? wide : parts);
}

/** The areas that the first picture must hold. */
function framed(/** @type {any} */ { data, atlas }) {
  const fit = data.fit.replace(/^(\d\d)000$/, "$1");
  const wanted = atlas.areas.filter((/** @type {any} */ area) => area.box && area.code.startsWith(fit) && !isBoxed(area.code, data, atlas));
  const far = fit.length === 5 ? null : wanted.every((/** @type {any} */ area) => area.code.startsWith("13")) ? TOKYO_ISLANDS : FAR;
  const near = wanted.filter((/** @type {any} */ area) => !far?.test(area.code));
  return near.length ? near : wanted;
}

const union = (/** @type {number[][]} */ boxes) =>
  boxes.reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])], [180, 90, -180, -90]);

const boxesOf = (/** @type {any} */ view) => framed(view).map((/** @type {any} */ area) => boxOf(area, view.data.fit !== ""));

/** West, south, east, north of the first picture, in degrees. */
export const extentFor = (/** @type {{data: any, atlas: any}} */ view) => union(boxesOf(view));

/** The height of a frame as a share of its width, in Mercator. */
export function shapeOf(/** @type {number[]} */ [west, south, east, north]) {
  const mercator = (/** @type {number} */ lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return (mercator(north) - mercator(south)) / (((east - west) * Math.PI) / 180 || 1);
}

/** The height that the picture needs on a narrow screen: its own shape, the buttons above it, within bounds. */
export function heightFor(/** @type {any} */ view, /** @type {number} */ width) {
  const shape = shapeOf(extentFor(view));
  return Math.round(Math.min(Math.max(width * shape + 64, width * 0.8), width * 1.32));
}

/**
 * @param {any} view
 * @param {boolean} [box] the Okinawa box instead of the main map
 * @returns {{frame: number[], pads: ReturnType<typeof marginsBeside>[]}} longitudes and latitudes; possible margins
 */
export function frameFor(view, box = false) {
  const { atlas, data, chrome, main, root } = view;
  if (box) {
    const own = atlas.areas.filter((/** @type {any} */ area) => isBoxed(area.code, data, atlas));
    return { frame: extentOf(own.flatMap((/** @type {any} */ area) => polygonsOf(area.feature.geometry).map((p) => p[0]))), pads: [] };
  }
  const boxes = boxesOf(view);
  const frame = union(boxes);
  const plain = marginsBeside(PAD);
  root.classList.toggle("below", root.classList.contains("narrow"));
  if (root.classList.contains("below") || chrome.legend.hidden) return { frame, pads: [plain] };
  main.fit(frame, [plain]);
  const { offsetWidth: width, offsetHeight: height, offsetLeft: x, offsetTop: y } = chrome.legend;
  const covered = boxes.some(([west, , , north]) => {
    const corner = main.map.latLngToContainerPoint([north, west]);
    return corner.x < x + width + 4 && corner.y < y + height + 4;
  });
  if (!covered) return { frame, pads: [plain] };
  const beside = [{ ...plain, left: x + width + PAD }, { ...plain, top: y + height + PAD }];
  const loss = main.zoomFor(frame, plain) - Math.max(...beside.map((margins) => main.zoomFor(frame, margins)));
  if (loss < DEAR) return { frame, pads: beside };
  root.classList.add("below");
  return { frame, pads: [plain] };
}
