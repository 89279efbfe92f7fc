// A list of areas as real buttons: the keyboard path beside every map.
import style from "./pick_list.css";
import { styled } from "./styled.js";
const bar = (share) => {
  const track = document.createElement("span");
  track.className = "track";
  track.append(document.createElement("span"));
  track.firstChild.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return track;
};
const part = (name, text) => {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
};
// The number itself leads to its evidence; inside.js follows it.
const proof = (row) => {
  const link = document.createElement("a");
  link.className = "proof value";
  link.href = `?${row.proof}`;
  link.target = "_self";
  link.textContent = row.value;
  link.ariaLabel = `${row.label} ${row.value}`;
  return link;
};

export function pickList({ data, parentElement, setTriggerValue }) {
  styled(parentElement, style);
  const list = parentElement.querySelector(".list");
  list.setAttribute("aria-label", data.label);
  list.style.maxHeight = data.height ? `${data.height}px` : "none";
  const focused = parentElement.activeElement?.dataset?.code ?? document.activeElement?.shadowRoot?.activeElement?.dataset?.code;
  const rows = data.rows.cells.map((cells) => Object.fromEntries(data.rows.fields.map((field, index) => [field, cells[index]])));
  const width = (text) => [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) < 0x2000 ? 0.58 : 1.02), 0);
  list.style.setProperty("--label", `${Math.max(...rows.map((row) => width(row.label)), 4)}em`);
  list.replaceChildren(...rows.map((row) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.code = row.code;
    button.className = row.share != null ? "with-bar" : "plain";
    if (row.mark) {
      const mark = part("mark", row.mark);
      mark.dataset.state = row.mark;
      button.append(mark);
    }
    button.append(part("label", row.label));
    if (row.share != null) button.append(bar(row.share));
    if (!row.proof) button.append(part("value", row.value));
    if (row.note) button.append(part("note", row.note));
    if (row.code === data.selected) button.setAttribute("aria-current", "true");
    button.onclick = () => setTriggerValue("picked", row.code);
    item.append(button);
    if (row.proof) item.append(proof(row));
    return item;
  }));
  // After a choice the row may be gone: the focus stays in the list.
  if (focused) (list.querySelector(`[data-code="${CSS.escape(focused)}"]`) ?? list.querySelector("button"))?.focus({ preventScroll: true });
}
