// A sentence that is read aloud when it changes. What it tells of stands right below: it is brought into sight if it is not there,
// and the focus goes to the sentence where the element that had it is gone.
import style from "./announcement.css";
import { styled } from "./styled.js";

const ROOM = 160; // pixels of what stands below that must be in sight

export function announcement({ data, parentElement }) {
  styled(parentElement, style);
  const sentence = parentElement.querySelector("p");
  const number = String(data.number);
  const isNews = sentence.dataset.number !== undefined && sentence.dataset.number !== number && data.text !== "";
  sentence.dataset.number = number;
  if (!isNews) {
    if (!data.text) sentence.textContent = "";
    return;
  }
  sentence.textContent = ""; // the same sentence twice is news, too
  requestAnimationFrame(() => {
    sentence.textContent = data.text;
    const { top } = sentence.getBoundingClientRect();
    if (top < 0 || top > innerHeight - ROOM) sentence.scrollIntoView({ block: "start" });
    if (document.activeElement === document.body) sentence.focus({ preventScroll: true });
  });
}
