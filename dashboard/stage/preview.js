// The preview: one page as it will be exported, on paper with its real proportions, at any size, in any colour vision.
import { element } from "../area_map/src/legend.js";
import { button, dress, told } from "./buttons.js";
import { deliveredAs } from "./delivery.js";
import { pagesOf } from "./drawing.js";
import { Presenter, presentedInAddress } from "./presenter.js";
import { Vision } from "./vision.js";

const ZOOMS = [0.5, 1, 1.5, 2, 3, 4]; // of the size on paper

export class Stage {
  /** @param {HTMLElement} root @param {Promise<void>} styled */
  constructor(root, styled) {
    this.root = root;
    this.styled = styled;
    this.turn = 0;
    /** @type {import("./drawing.js").Page[]} */
    this.pages = [];
    this.at = 0;
    /** @type {Set<number>} */
    this.unanswered = new Set(); // turns that Python has been told of and has not answered
    this.zoom = 0; // 0: the whole page in the width there is
    this.#build();
    this.vision = new Vision(this.paper);
    this.presenter = new Presenter({ opener: () => this.present, onLeave: () => this.known && this.left() });
    root.parentNode?.querySelector(".coming")?.remove();
    root.setAttribute("role", "region");
    root.replaceChildren(this.bar, this.view, this.vision.box, this.live, this.presenter.dialog);
    this.watch = new ResizeObserver(() => this.#tellZoom());
    this.watch.observe(this.view);
  }

  #build() {
    this.previous = button("stage-button", () => this.go(this.at - 1));
    this.next = button("stage-button", () => this.go(this.at + 1));
    this.count = element("span", "stage-count");
    this.smaller = button("stage-button", () => this.#step(-1));
    this.larger = button("stage-button", () => this.#step(1));
    this.percent = element("span", "stage-percent");
    this.whole = button("stage-button wide", () => this.#size(0));
    this.print = button("stage-button wide", () => this.#size(1));
    this.present = button("stage-button wide strong", () => this.#present());
    this.turning = element("div", "stage-group");
    this.zooming = element("div", "stage-group");
    this.turning.append(this.previous, this.count, this.next);
    this.zooming.append(this.smaller, this.percent, this.larger, this.whole, this.print);
    this.zooming.setAttribute("role", "group");
    this.bar = element("div", "stage-bar");
    this.bar.append(this.turning, this.zooming, this.present);
    this.paper = element("div", "stage-paper");
    this.view = element("div", "stage-view");
    this.view.append(this.paper);
    this.view.tabIndex = 0;
    this.view.setAttribute("role", "group");
    this.view.onkeydown = (event) => this.#key(event);
    this.live = element("p", "live");
    this.live.setAttribute("aria-live", "polite");
  }

  /** @param {any} data @param {{turned: (choice: {key: string, turn: number}) => void, left: () => void}} tell */
  async update(data, { turned, left }) {
    const turn = ++this.turn;
    await this.styled;
    const { words } = data;
    this.words = words;
    if (!this.pages.length) this.#wait();
    const delivery = data.rev === this.rev ? null : await deliveredAs(`${data.stage}-pages`, data.rev);
    if (turn !== this.turn) return;
    this.tell = data.tells ? turned : null;
    this.left = left;
    this.known = Boolean(data.present); // an address that Streamlit has read it also keeps, until it is told
    if (delivery) this.#read(delivery);
    this.#name(words);
    this.presenter.dress(words);
    // The run that answers a turn moves nobody: the reader may have turned on.
    const isAnswer = this.unanswered.delete(data.answered);
    if (data.shown && data.shown !== this.asked && !isAnswer) this.#show(this.#place(data.shown));
    this.asked = data.shown;
    this.asksFor = data.present;
    this.#await(data);
    this.#follow();
    this.root.dataset.rev = data.rev;
  }

  /** Until the first pages are there the reader sees paper, and on it that they are coming. */
  #wait() {
    this.root.classList.add("waiting");
    this.paper.replaceChildren(element("p", "stage-lost", this.words?.waiting ?? ""));
  }

  #read(/** @type {any} */ delivery) {
    const kept = this.pages[this.at]?.key;
    this.rev = delivery.rev;
    this.pages = pagesOf(delivery, "page");
    this.root.classList.remove("waiting");
    this.#show(this.#place(kept));
  }

  /** The pages for a room come later: nobody waits for them to see a page of the preview. */
  async #await(/** @type {any} */ { stage, room }) {
    if (room === this.room) return;
    this.room = room;
    this.isReady = false;
    this.present.hidden = !room;
    if (!this.presenter.isOpen) this.presenter.set([]);
    if (!room) return;
    const delivery = await deliveredAs(`${stage}-room`, room);
    if (room !== this.room) return;
    this.isReady = true;
    this.presenter.set(pagesOf(delivery, "screen"));
    this.#follow();
    if (this.isWanted) this.#present();
  }

  /** Who presses before the pages are there is told so, and presents as soon as they are. */
  #present() {
    this.isWanted = !this.isReady;
    this.#namePresent();
    if (this.isReady) this.presenter.open(this.#twin(), { pressed: true });
    else this.live.textContent = this.words?.preparing ?? "";
  }

  #namePresent() {
    dress(this.present, "present", this.words?.[this.isWanted ? "preparing" : "present"], true);
  }

  /** The address alone says whether pages are presented; a link that asks for it opens them. */
  #follow() {
    const [present, asked] = [this.asksFor, presentedInAddress()];
    if (this.presenter.isOpen) {
      if (!asked) this.presenter.leave();
    } else if (present === asked && this.presenter.has(present)) this.presenter.open(present, { pressed: false });
  }

  #place(/** @type {string|undefined} */ key) {
    return Math.max(0, this.pages.findIndex((page) => page.key === key));
  }

  /** The page for the room that shows what the preview shows, or the first. */
  #twin() {
    return this.pages[this.at]?.twin ?? "";
  }

  #name(/** @type {Record<string, string>} */ words) {
    this.root.setAttribute("aria-label", words.label ?? "");
    this.view.setAttribute("aria-label", [words.label, words.hint].filter(Boolean).join(" "));
    this.zooming.setAttribute("aria-label", words.zoom ?? "");
    dress(this.previous, "previous", words.previous);
    dress(this.next, "next", words.next);
    dress(this.smaller, "zoom_out", words.zoom_out);
    dress(this.larger, "zoom_in", words.zoom_in);
    this.#namePresent();
    this.whole.textContent = words.zoom_fit ?? "";
    this.print.textContent = words.zoom_print ?? "";
    this.vision.dress(words);
    this.#tellPlace();
    this.#tellZoom();
  }

  /** A page that the reader turned to. */
  go(/** @type {number} */ at) {
    if (!this.pages[at] || at === this.at) return;
    this.#show(at);
    this.live.textContent = told(this.words?.said, { page: at + 1, pages: this.pages.length, title: this.pages[at].title });
    this.#tellTurn(this.pages[at].key);
  }

  #tellTurn(/** @type {string} */ key) {
    if (!this.tell) return;
    const turn = Date.now();
    this.unanswered.add(turn);
    this.tell({ key, turn });
  }

  #show(/** @type {number} */ at) {
    this.at = at;
    const page = this.pages[at];
    const { drawing } = page ?? {};
    this.paper.replaceChildren(drawing?.svg ?? element("p", "stage-lost", this.words?.[page ? "failed" : "empty"] ?? ""));
    this.view.style.aspectRatio = String(drawing?.ratio ?? 16 / 9);
    this.#size(this.zoom);
    this.#tellPlace();
  }

  #tellPlace() {
    const { at, pages } = this;
    this.count.textContent = told(this.words?.count, { page: Math.min(at + 1, pages.length), pages: pages.length });
    this.previous.setAttribute("aria-disabled", String(at === 0));
    this.next.setAttribute("aria-disabled", String(at >= pages.length - 1));
  }

  get #onPaper() {
    return this.pages[this.at]?.drawing?.width ?? 0;
  }

  /** The size now, whole pages included, as a part of the size on paper. */
  get #sizeNow() {
    return this.#onPaper ? this.paper.clientWidth / this.#onPaper : 1;
  }

  #step(/** @type {number} */ way) {
    const now = this.#sizeNow;
    const next = way > 0 ? ZOOMS.find((zoom) => zoom > now * 1.02) : ZOOMS.findLast((zoom) => zoom < now * 0.98);
    if (next) this.#size(next);
  }

  /** What was in the middle of the view stays there. */
  #size(/** @type {number} */ zoom) {
    const { view, paper } = this;
    const middle = [(view.scrollLeft + view.clientWidth / 2) / paper.offsetWidth, (view.scrollTop + view.clientHeight / 2) / paper.offsetHeight];
    this.zoom = zoom;
    view.classList.toggle("zoomed", zoom > 0);
    paper.style.width = zoom ? `${this.#onPaper * zoom}px` : "";
    if (zoom) view.scrollTo(middle[0] * paper.offsetWidth - view.clientWidth / 2, middle[1] * paper.offsetHeight - view.clientHeight / 2);
    this.#tellZoom();
  }

  #tellZoom() {
    const now = this.#sizeNow;
    this.percent.textContent = told(this.words?.zoom_now, { percent: Math.round(now * 100) });
    this.whole.setAttribute("aria-pressed", String(!this.zoom));
    this.print.setAttribute("aria-pressed", String(this.zoom === 1));
    this.smaller.setAttribute("aria-disabled", String(now * 0.98 <= ZOOMS[0]));
    this.larger.setAttribute("aria-disabled", String(now * 1.02 >= /** @type {number} */ (ZOOMS.at(-1))));
  }

  /** The arrows turn whole pages; a page that is larger than its view they move, as everywhere. */
  #key(/** @type {KeyboardEvent} */ event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    /** @type {Record<string, () => void>} */
    const acts = { "+": () => this.#step(1), "=": () => this.#step(1), "-": () => this.#step(-1), 0: () => this.#size(0), 1: () => this.#size(1) };
    if (!this.zoom) Object.assign(acts, { ArrowLeft: () => this.go(this.at - 1), ArrowRight: () => this.go(this.at + 1) });
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  destroy() {
    this.turn = -1;
    this.known = false; // nobody is left to tell
    this.watch.disconnect();
    this.presenter.leave();
    this.root.previousElementSibling?.matches("link") && this.root.previousElementSibling.remove();
    this.root.remove();
  }
}
