// The presentation: pages on the whole screen, one key from each other. A modal dialog lies above everything, Streamlit's header
// too, keeps the focus and makes the page beneath inert; inside it lies what the full-screen interface enlarges.
import { element } from "../area_map/src/legend.js";
import { button, dress, told } from "./buttons.js";
import { Digits, actOf } from "./keys.js";

/** @typedef {import("./drawing.js").Page} Page */

const PARAMETER = "present";
const IDLE_MS = 3000;
const SWIPE_PX = 40;

const whenIdle = (/** @type {() => void} */ act) => (globalThis.requestIdleCallback ?? setTimeout)(act);

/** The page that the address asks to present, "" for none. */
export const presentedInAddress = () => new URLSearchParams(location.search).get(PARAMETER) ?? "";

/** Neither a step in the history nor a run of the page; the next run reads the address as it is then. */
function writeAddress(/** @type {string} */ key) {
  const address = new URL(location.href);
  if (key) address.searchParams.set(PARAMETER, key);
  else address.searchParams.delete(PARAMETER);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

export class Presenter {
  /** @param {{opener: () => HTMLElement, onLeave: () => void}} options opener: what gets the focus at the end */
  constructor({ opener, onLeave }) {
    Object.assign(this, { opener, onLeave });
    /** @type {Page[]} */
    this.pages = [];
    this.at = 0;
    this.digits = new Digits();
    this.dialog = /** @type {HTMLDialogElement} */ (element("dialog", "stage-dialog"));
    this.screen = element("div", "stage-screen");
    this.sheets = element("div", "stage-sheets");
    this.#buildControls();
    this.live = element("p", "live");
    this.live.setAttribute("aria-live", "polite");
    this.dialog.setAttribute("aria-modal", "true");
    this.screen.tabIndex = -1;
    this.screen.append(this.sheets, this.place, this.controls, this.live);
    this.dialog.append(this.screen);
    this.#listen();
  }

  #buildControls() {
    this.place = element("div", "stage-place");
    this.place.setAttribute("aria-hidden", "true"); // the live region says it
    this.controls = element("div", "stage-controls");
    this.buttons = ["previous", "next", "full", "leave"].map((act) => button(`stage-control ${act}`, () => this.#do(/** @type {any} */ (act))));
    this.keys = element("span", "stage-keys");
    this.controls.append(...this.buttons, this.keys);
  }

  #listen() {
    const { dialog, screen } = this;
    dialog.onkeydown = (event) => this.#key(event);
    dialog.oncancel = (event) => (event.preventDefault(), this.leave());
    dialog.onclose = () => this.#end();
    screen.onpointermove = (event) => event.pointerType === "mouse" && this.#wake();
    screen.onpointerdown = ({ clientX: x, clientY: y }) => (this.down = { x, y });
    screen.onclick = (event) => this.#click(event);
    // Esc in full screen may never reach the page: leaving full screen is leaving, unless F asked for it.
    screen.addEventListener("fullscreenchange", () => {
      if (!this.#isFull && !this.staying) this.leave();
      this.staying = false;
      this.#dressFull();
    });
    this.onVisible = () => document.visibilityState === "visible" && this.#stayAwake();
  }

  get isOpen() {
    return this.dialog.open;
  }

  get #isFull() {
    return this.screen.matches(":fullscreen");
  }

  set(/** @type {Page[]} */ pages) {
    const key = this.pages[this.at]?.key;
    this.pages = pages;
    this.sheets.replaceChildren();
    whenIdle(() => this.#prepare());
    if (!this.isOpen) return;
    if (pages.length) this.#show(this.#placeOf(key ?? ""));
    else this.leave();
  }

  /** All pages stand on the screen, one of them visible: turning is a matter of style alone. */
  #prepare() {
    if (this.sheets.children.length) return;
    this.sheets.append(
      ...this.pages.map(({ drawing }) => {
        const sheet = element("div", "stage-sheet");
        sheet.style.setProperty("--ratio", String(drawing?.ratio ?? 16 / 9));
        sheet.append(drawing?.svg ?? element("p", "stage-lost", this.words?.failed ?? ""));
        return sheet;
      }),
    );
  }

  dress(/** @type {Record<string, string>} */ words) {
    this.words = words;
    this.dialog.setAttribute("aria-label", words.screen ?? "");
    this.keys.textContent = words.screen_keys ?? "";
    const [previous, next, , leave] = this.buttons;
    dress(previous, "previous", words.previous);
    dress(next, "next", words.next);
    dress(leave, "screen_leave", words.screen_leave);
    this.#dressFull();
  }

  #dressFull() {
    const shape = this.#isFull ? "screen_window" : "screen_full";
    dress(this.buttons[2], shape, this.words?.[shape]);
  }

  /** Whether `key` is one of its pages. */
  has(/** @type {string} */ key) {
    return this.pages.some((page) => page.key === key);
  }

  #placeOf(/** @type {string} */ key) {
    return Math.max(0, this.pages.findIndex((page) => page.key === key));
  }

  /** `pressed`: a person has just asked for it; only then a browser lends the whole screen. */
  open(/** @type {string} */ key, /** @type {{pressed: boolean}} */ { pressed }) {
    if (this.isOpen || !this.pages.length) return;
    this.dialog.showModal();
    this.screen.focus();
    this.#blank(false);
    this.#show(this.#placeOf(key));
    this.#wake();
    if (pressed) this.#full(true);
    this.#stayAwake();
    document.addEventListener("visibilitychange", this.onVisible);
  }

  /** Full screen is left first: a browser gives the focus back only to a page that is in its window again. */
  leave() {
    if (!this.isOpen) return;
    if (this.#isFull && document.exitFullscreen) document.exitFullscreen().catch(() => this.dialog.close());
    else this.dialog.close();
  }

  /** The dialog is closed, by us or by the browser. */
  #end() {
    clearTimeout(this.idle);
    document.removeEventListener("visibilitychange", this.onVisible);
    this.lock?.release().catch(() => {});
    this.lock = null;
    writeAddress("");
    this.opener().focus();
    this.onLeave();
  }

  #do(/** @type {import("./keys.js").Act} */ act) {
    ({
      next: () => this.#turn(this.at + 1),
      previous: () => this.#turn(this.at - 1),
      first: () => this.#turn(0),
      last: () => this.#turn(this.pages.length - 1),
      blank: () => this.#blank(!this.screen.classList.contains("blank")),
      full: () => this.#full(!this.#isFull),
      leave: () => this.leave(),
    })[act]();
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Tab") return this.#tab(event);
    const onButton = /** @type {Element} */ (event.target).closest?.("button");
    if (onButton && ["Enter", " "].includes(event.key)) return;
    const page = this.digits.page(event, this.pages.length);
    const act = actOf(event);
    if (page === null && !act) return;
    event.preventDefault();
    event.stopPropagation(); // the app's own keys sleep
    this.screen.classList.remove("awake"); // who presses keys needs no buttons
    if (page !== null) this.#turn(page);
    else if (act) this.#do(act);
  }

  /** The ring of what can have the focus. */
  #tab(/** @type {KeyboardEvent} */ event) {
    event.preventDefault();
    this.#wake();
    const stops = [this.screen, ...this.buttons];
    const now = stops.indexOf(/** @type {HTMLElement} */ (event.target));
    stops[(now + (event.shiftKey ? stops.length - 1 : 1)) % stops.length].focus();
  }

  /** A swipe, or a click on the left or right third; the middle brings the buttons. */
  #click(/** @type {PointerEvent|MouseEvent} */ event) {
    if (/** @type {Element} */ (event.target).closest("button")) return;
    const { x, y } = this.down ?? { x: event.clientX, y: event.clientY };
    const [across, down] = [event.clientX - x, event.clientY - y];
    if (Math.abs(across) > SWIPE_PX && Math.abs(across) > Math.abs(down)) return this.#turn(this.at + (across < 0 ? 1 : -1));
    const part = event.clientX / this.screen.clientWidth;
    if (part < 1 / 3) this.#turn(this.at - 1);
    else if (part > 2 / 3) this.#turn(this.at + 1);
    else this.#wake();
  }

  #turn(/** @type {number} */ at) {
    this.#blank(false);
    if (this.pages[at] && at !== this.at) this.#show(at);
    this.#flash();
  }

  #show(/** @type {number} */ at) {
    const { pages, words } = this;
    this.at = at;
    this.#prepare();
    [...this.sheets.children].forEach((sheet, place) => sheet.classList.toggle("now", place === at));
    const page = at + 1;
    this.place.textContent = told(words?.count, { page, pages: pages.length });
    this.live.textContent = told(words?.said, { page, pages: pages.length, title: pages[at].title });
    this.buttons[0].setAttribute("aria-disabled", String(at === 0));
    this.buttons[1].setAttribute("aria-disabled", String(page === pages.length));
    writeAddress(pages[at].key);
  }

  #blank(/** @type {boolean} */ wanted) {
    this.screen.classList.toggle("blank", wanted);
    if (wanted) this.live.textContent = this.words?.screen_blank ?? "";
  }

  /** Shows the number of the page for a moment. */
  #flash() {
    this.screen.classList.add("turned");
    this.#rest();
  }

  /** Shows the buttons and the cursor for a moment. */
  #wake() {
    this.screen.classList.add("awake");
    this.#rest();
  }

  #rest() {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.screen.classList.remove("awake", "turned"), IDLE_MS);
  }

  /** A browser that has no full screen, or does not lend it, leaves the window: the dialog fills that. */
  async #full(/** @type {boolean} */ wanted) {
    try {
      if (wanted) await this.screen.requestFullscreen?.({ navigationUI: "hide" });
      else {
        this.staying = true;
        await document.exitFullscreen?.();
      }
    } catch {
      this.staying = false;
    }
  }

  async #stayAwake() {
    try {
      const lock = await navigator.wakeLock?.request("screen");
      if (this.isOpen) this.lock = lock;
      else await lock?.release();
    } catch {
      // Refused, for instance with a low battery: the presentation does without.
    }
  }
}
