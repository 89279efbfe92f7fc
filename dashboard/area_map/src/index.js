// Entry of the bundle: the map of areas, the small maps beside one another, and the stage of pages.
import { mounted, unpacked } from "./mounting.js";
import { AreaMapView } from "./view.js";

export { smallMaps } from "../../small_maps/index.js";
export { pageStage, stagePages } from "../../stage/index.js";

/** Called by Streamlit after every run of the page; the answer is the clean-up. */
export default mounted("area-map", AreaMapView, (view, data, setStateValue) => {
  const frames = (data.frames ?? []).map((/** @type {any} */ frame) => ({ ...frame, values: unpacked(frame.values) }));
  view.update({ ...data, frames, values: unpacked(data.values) }, (code) => setStateValue("selected", { code, pick: Date.now() }));
});
