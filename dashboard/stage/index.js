// Entry of the stage: one preview with its presentation per mounted element, kept over reruns.
import { mounted } from "../area_map/src/mounting.js";
import { Stage } from "./preview.js";

/**
 * Called by Streamlit after every run of the page; the answer is the clean-up.
 * @type {import("../area_map/src/mounting.js").Mount}
 */
export const pageStage = mounted("page-stage", Stage, (stage, data, setStateValue) =>
  stage.update(data, {
    turned: (/** @type {string} */ key) => setStateValue("turned", { key, turn: Date.now() }),
    left: () => setStateValue("left", Date.now()),
  }),
);
