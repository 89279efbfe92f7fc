// Entry of the stage: one preview with its presentation per mounted element, kept over reruns.
import { mounted } from "../area_map/src/mounting.js";
import { Stage } from "./preview.js";

export { stagePages } from "./delivery.js";

/**
 * Called by Streamlit after every run of the page; the answer is the clean-up.
 * @type {import("../area_map/src/mounting.js").Mount}
 */
export const pageStage = mounted("page-stage", Stage, (stage, data, setStateValue) =>
  stage.update(data, {
    turned: (/** @type {{key: string, turn: number}} */ choice) => setStateValue("turned", choice),
    left: () => setStateValue("left", Date.now()),
  }),
);
