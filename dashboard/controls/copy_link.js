// Copies the address of the view; where the clipboard is closed (plain http in a network), the address is selected to copy by hand.
import style from "./copy_link.css";
import { styled } from "./styled.js";

export function copyLink({ data, parentElement }) {
  styled(parentElement, style);
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      status.textContent = data.done;
    } catch {
      window.prompt(data.label, location.href);
    }
    setTimeout(() => { status.textContent = ""; }, 3000);
  };
}
