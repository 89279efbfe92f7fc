// Entry of the small maps: one grid per mounted element, kept over reruns, thrown away when the element leaves.
import { mounted, unpacked } from "../area_map/src/mounting.js";
import { Grid } from "./grid.js";

/**
 * Called by Streamlit after every run of the page; the answer is the clean-up.
 * @type {import("../area_map/src/mounting.js").Mount}
 */
export const smallMaps = mounted("small-maps", Grid, (grid, data, setStateValue) => {
  const maps = data.maps.map((/** @type {any} */ map) => ({ ...map, values: unpacked(map.values) }));
  grid.update({ ...data, maps }, (/** @type {string} */ id) => setStateValue("picked", { id, pick: Date.now() }));
});
