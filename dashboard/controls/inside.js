// Links that open evidence, followed without loading the page again: the query goes to Python, which reads it like any address.
// Clicks with a key or another button, and clicks before this script is there, remain the browser's own: the links are real.
const HERE = "a.proof[href^='?'], a.inside[href^='?']";
const ACTS = "a, button, input, select, textarea, label, summary";

let send; // to the part that is on the page now
let opened = "";
let opener;
let isListening = false;

// In a row whose heading opens evidence, every cell does.
function linkOf(path) {
  const link = path.find((node) => node.matches?.(HERE));
  if (link) return link;
  if (path.some((node) => node.matches?.(ACTS)) || String(getSelection())) return undefined;
  return path.find((node) => node.matches?.("tr"))?.querySelector(`th[scope='row'] :is(${HERE})`);
}

function follow(event) {
  if (!send || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = linkOf(event.composedPath());
  if (!link) return;
  event.preventDefault();
  if (!link.closest("[data-testid='stDialog']")) opener = { link, root: link.getRootNode(), href: link.getAttribute("href") };
  send(link.getAttribute("href").slice(1));
}

const proofOf = (link) => new URLSearchParams(link.getAttribute("href").slice(1)).get("proof");

// The link that was pressed, or what stands in its place now; for a view that came by its address, any link to that evidence.
function wayBack(proof) {
  if (!opener) return [...document.querySelectorAll(HERE)].find((link) => proofOf(link) === proof);
  return opener.link.isConnected ? opener.link : [...opener.root.querySelectorAll(HERE)].find((link) => link.getAttribute("href") === opener.href);
}

function focusBack(proof) {
  if (opened) return;
  if (document.querySelector("[data-testid='stDialog']")) requestAnimationFrame(() => focusBack(proof));
  else requestAnimationFrame(() => { wayBack(proof)?.focus({ preventScroll: true }); opener = undefined; });
}

export function followInside({ data, setTriggerValue }) {
  const mine = (query) => setTriggerValue("followed", query);
  send = mine;
  if (!isListening) document.addEventListener("click", follow, true);
  isListening = true;
  const before = opened;
  opened = data.proof;
  if (before && !opened) focusBack(before);
  return () => { if (send === mine) send = undefined; };
}
