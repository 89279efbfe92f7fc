// Copies the address of the view; where the clipboard is closed (plain http in a network), the address is selected to copy by hand.
import style from "./copy_link.css";
import { styled } from "./styled.js";

export function copyLink({ data, parentElement }) {
  styled(parentElement, style);
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
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
