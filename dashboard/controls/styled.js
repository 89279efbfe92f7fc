// Gives a control its style once per mounted element.
export function styled(parent, text) {
  if (parent.querySelector("style[data-control]")) return;
  const style = document.createElement("style");
  style.dataset.control = "";
  style.textContent = text;
  parent.append(style);
}
