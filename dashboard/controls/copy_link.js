// What stands on every page and needs the browser: the page's language, what a change of the view came to, the names of frames
// of a dialog's end and of the button that chooses a file, links followed without loading, and a button that copies the address of the view; where the clipboard is closed (plain http in a network), the address is selected to copy by hand.
import style from "./copy_link.css";
import { followInside } from "./inside.js";
import { styled } from "./styled.js";

// streamlit-folium names its frame after its own module; Streamlit names the end of a dialog and its upload in English.
let watcher;
function nameParts(frameTitle, close, choose) {
  const name = () => {
    document.querySelectorAll("iframe[title='streamlit_folium.st_folium']").forEach((frame) => { frame.title = frameTitle; });
    document.querySelectorAll("[data-testid='stDialog'] button[aria-label='Close']").forEach((button) => { button.ariaLabel = close; });
    document.querySelectorAll("[data-testid='stFileUploaderDropzone'] button").forEach((button) => { button.ariaLabel = choose; });
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
  nameParts(data.frame, data.close, data.choose);
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
