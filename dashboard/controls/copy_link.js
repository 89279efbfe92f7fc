// What stands on every page and needs the browser: the page's language, what a change of the view came to, the names of frames
// of a dialog's end and of the button that chooses a file, links followed without loading, and a button that copies the address of the view; where the clipboard is closed (plain http in a network), the address is selected to copy by hand.
import style from "./copy_link.css";
import { followInside } from "./inside.js";
import { styled } from "./styled.js";

// streamlit-folium names its frame after its own module; Streamlit names the end of a dialog and its upload in English.
let watcher;
function nameParts(words) {
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const name = () => {
    all("iframe[title='streamlit_folium.st_folium']", (frame) => { frame.title = words.frame; });
    all("[data-testid='stDialog'] button[aria-label='Close']", (button) => { button.ariaLabel = words.close; });
    all("[data-testid='stFileUploaderDropzone'] button", (button) => {
      button.ariaLabel = button.closest("[data-testid='stFileChip']") ? words.remove : words.choose;
    });
    all("[data-testid='stFileChip'][aria-invalid='true']", (chip) => { chip.dataset.said = words.refused; });
    all("[data-testid='stFileChip'] [role='alert']", (alert) => { alert.lang = "en"; });
  };
  watcher?.disconnect();
  watcher = new MutationObserver(name);
  watcher.observe(document.body, { childList: true, subtree: true });
  name();
}

export function copyLink(component) {
  const { data, parentElement } = component;
  styled(parentElement, style);
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  const spoken = parentElement.querySelector("p");
  if (spoken.textContent !== data.spoken) spoken.textContent = data.spoken;
  nameParts(data);
  document.documentElement.lang = data.language; // Streamlit knows one language only
  button.textContent = data.label;
  const address = () => `${location.origin}${location.pathname}?${data.query}`;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(address());
      status.textContent = data.done;
    } catch {
      window.prompt(data.label, address());
    }
    setTimeout(() => { status.textContent = ""; }, 3000);
  };
  return followInside(component);
}
