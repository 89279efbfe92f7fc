// What stands on every page and needs the browser: the page's language, what a change of the view came to, the names of frames,
// and a button that copies the address of the view; where the clipboard is closed (plain http in a network), the address is selected to copy by hand.
import style from "./copy_link.css";
import { styled } from "./styled.js";

// streamlit-folium names its frame after its own module.
let watcher;
function nameFrames(title) {
  const name = () => document.querySelectorAll("iframe[title='streamlit_folium.st_folium']").forEach((frame) => { frame.title = title; });
  watcher?.disconnect();
  watcher = new MutationObserver(name);
  watcher.observe(document.body, { childList: true, subtree: true });
  name();
}

export function copyLink({ data, parentElement }) {
  styled(parentElement, style);
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  const spoken = parentElement.querySelector("p");
  if (spoken.textContent !== data.spoken) spoken.textContent = data.spoken;
  nameFrames(data.frame);
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
}
