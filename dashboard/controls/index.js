// The controls in one bundle, so that a run of a page sends only their data.
export { announcement } from "./announcement.js";
export { copyLink } from "./copy_link.js";
export { pickList } from "./pick_list.js";
