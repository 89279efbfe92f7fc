// Islands far from the rest of their prefecture: in a small picture, which cannot be moved, they stand in boxes below it.
import { extentFor, shapeOf } from "../area_map/src/framing.js";
import { extentOf, polygonsOf, ringArea } from "../area_map/src/geometry.js";

/** @typedef {import("../area_map/src/geometry.js").Atlas} Atlas */
/** @typedef {{holds: (code: string) => boolean, title: string, extent: number[], pane: import("./drawing.js").Pane}} Box */

/** By prefecture: the codes of a group and its name in the words. */
const GROUPS = /** @type {Record<string, [RegExp, string][]>} */ ({
  13: [[/^13(36|38|40)/, "inset_izu"], [/^13421/, "inset_ogasawara"]],
  47: [[/^47(207|214|375|381|382)/, "inset_sakishima"], [/^4735[78]/, "inset_daito"]],
});
const GAP = 6;
const HIGH = 0.36; // of the picture's width
const TITLE = 0.2; // of the islands' height
/** Square degrees, about 10 km². */
const LARGE = 1e-3;

const groupsOf = (/** @type {Atlas} */ atlas) => (atlas.prefectures.size === 1 ? (GROUPS[[...atlas.prefectures][0]] ?? []) : []);

/** The parts of each area that are large, or its largest one: 南鳥島, 1,200 km from 父島, and 硫黄鳥島 would make the rest small. */
function extentOfGroup(/** @type {any[]} */ areas) {
  return extentOf(areas.flatMap(({ feature, box: [west, south, east, north] }) => {
    const wide = polygonsOf(feature.geometry).map((/** @type {any} */ polygon) => polygon[0]).filter((/** @type {any} */ ring) => ringArea(ring) >= LARGE);
    return wide.length ? wide : [[[west, south], [east, north]]];
  }));
}

/** Room above the islands for the word of their box. */
const roomed = (/** @type {number[]} */ [west, south, east, north]) => [west, south, east, north + (north - south) * TITLE];

/** The boxes of a picture, side by side at its foot; none where no group is in the frame. */
export function boxesBelow(/** @type {Atlas} */ atlas, /** @type {any} */ data, /** @type {{width: number, height: number}} */ size) {
  const groups = groupsOf(atlas).map(([codes, word]) => ({
    holds: (/** @type {string} */ code) => codes.test(code), title: data.words[word] || " ", areas: atlas.areas.filter((/** @type {any} */ area) => area.box && codes.test(area.code)),
  })).filter(({ areas }) => areas.length);
  const width = (size.width - GAP * (groups.length + 1)) / (groups.length || 1);
  const height = Math.round(size.width * HIGH);
  return groups.map(({ holds, title, areas }, i) => ({
    holds, title, extent: roomed(extentOfGroup(areas)),
    pane: { left: Math.round(GAP + i * (width + GAP)), top: size.height - height - 1, width: Math.round(width), height },
  }));
}

/** The frame of the picture itself, without what stands in the boxes. */
export function extentOfMain(/** @type {{data: any, atlas: Atlas}} */ { data, atlas }) {
  const groups = groupsOf(atlas);
  if (!groups.length) return extentFor({ data, atlas });
  const areas = atlas.areas.filter((/** @type {any} */ area) => !groups.some(([codes]) => codes.test(area.code)));
  return extentOfGroup(areas.filter((/** @type {any} */ { box }) => box));
}

/** The height that a picture of this width needs: its own shape, and the boxes below it. */
export function heightNeeded(/** @type {Atlas} */ atlas, /** @type {any} */ data, /** @type {number} */ width) {
  const own = (width - GAP * 2) * shapeOf(extentOfMain({ data, atlas })) + GAP * 2;
  return Math.round(own + (groupsOf(atlas).length ? width * HIGH + GAP : 0));
}
