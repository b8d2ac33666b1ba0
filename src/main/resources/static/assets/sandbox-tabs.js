// Tabs as the ARIA authoring guide describes them; the tab chosen last stays chosen for the next message.

import { el } from "./sandbox-elements.js";

let lastChosen = null;

/** @param {{name: string, panel: () => Node}[]} choices panels are made when first shown */
export function tabs(choices) {
  const buttons = choices.map(({ name }, index) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${index}`,
        "aria-controls": "tab-panel",
      },
      name,
    ),
  );
  const bar = el(
    "div",
    { role: "tablist", class: "tabs", "aria-label": "Parts of the message" },
    ...buttons,
  );
  const panel = el("div", {
    role: "tabpanel",
    id: "tab-panel",
    class: "panel",
    tabindex: "0",
  });

  const choose = (index) => {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", buttons[index].id);
    panel.replaceChildren(choices[index].panel());
  };
  const chooseByHand = (index) => {
    lastChosen = choices[index].name;
    choose(index);
    buttons[index].focus();
  };

  buttons.forEach((button, index) =>
    button.addEventListener("click", () => chooseByHand(index)),
  );
  bar.addEventListener("keydown", (event) => {
    const next = target(
      event.key,
      buttons.indexOf(document.activeElement),
      buttons.length,
    );
    if (next !== null) {
      event.preventDefault();
      chooseByHand(next);
    }
  });
  choose(
    Math.max(
      0,
      choices.findIndex(({ name }) => name === lastChosen),
    ),
  );
  return [bar, panel];
}

function target(key, at, count) {
  const forward =
    getComputedStyle(document.documentElement).direction === "rtl"
      ? "ArrowLeft"
      : "ArrowRight";
  const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
  const targets = {
    [forward]: (at + 1) % count,
    [backward]: (at - 1 + count) % count,
    Home: 0,
    End: count - 1,
  };
  return targets[key] ?? null;
}
