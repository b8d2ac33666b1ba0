// The list: rows are kept and moved, never rebuilt, so that focus and scrolling survive each refresh.

import { ago, badge, el, exactly } from "./sandbox-elements.js";

const seen = new Set();

export function drawList(list, messages, selected) {
  const rows = new Map([...list.children].map((row) => [row.dataset.id, row]));
  removeAllBut(messages, rows);
  const firstTime = seen.size === 0;
  let place = list.firstElementChild;
  for (const message of messages) {
    const row =
      rows.get(message.id) ??
      rowFor(message, !firstTime && !seen.has(message.id));
    seen.add(message.id);
    mark(row, message.id === selected);
    if (row === place) {
      place = place.nextElementSibling;
    } else {
      list.insertBefore(row, place);
    }
  }
  makeOneReachable(list);
}

function removeAllBut(messages, rows) {
  const staying = new Set(messages.map((message) => message.id));
  rows.forEach((row, id) => staying.has(id) || row.remove());
}

export function refreshTimes() {
  for (const time of document.querySelectorAll("time")) {
    const text = ago(time.dateTime);
    if (time.textContent !== text) {
      time.textContent = text;
    }
  }
}

function rowFor(message, fresh) {
  const link = el(
    "a",
    {
      href: `#${encodeURIComponent(message.id)}`,
      "data-id": message.id,
      class: fresh ? "row fresh" : "row",
    },
    el(
      "span",
      { class: "row-top" },
      badge(message.channel),
      el(
        "time",
        { datetime: message.at, title: exactly(message.at) },
        ago(message.at),
      ),
    ),
    el(
      "span",
      { class: "row-subject", dir: "auto" },
      headline(message),
    ),
    el("span", { class: "row-to", dir: "auto" }, message.to ?? ""),
  );
  return el("li", { "data-id": message.id }, link);
}

// All calls for new messages have the same type: whom they are about tells them apart.
function headline(message) {
  const about = message.channel === "webhook" ? whomItIsAbout(message) : null;
  return about
    ? `${message.subject}: ${about}`
    : message.subject || message.body || "(empty)";
}

function whomItIsAbout(message) {
  try {
    return JSON.parse(message.body).data?.contactName;
  } catch {
    return null;
  }
}

function mark(row, selected) {
  const link = row.firstElementChild;
  if (selected) {
    link.setAttribute("aria-current", "true");
  } else {
    link.removeAttribute("aria-current");
  }
}

// A hundred rows are one stop for the tab key; arrows move inside.
function makeOneReachable(list) {
  const links = [...list.querySelectorAll("a")];
  const focused = links.find((link) => link === document.activeElement);
  const reachable =
    focused ??
    links.find((link) => link.hasAttribute("aria-current")) ??
    links[0];
  links.forEach((link) => (link.tabIndex = link === reachable ? 0 : -1));
}
