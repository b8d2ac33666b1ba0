// What was caught, refreshed every second: polling, selection, filter and keys.
// Drawing is in sandbox-list.js and sandbox-details.js.

import { drawList, refreshTimes } from "./sandbox-list.js";
import { drawDetails } from "./sandbox-details.js";
import { copyOnClick } from "./sandbox-elements.js";

const EVERY_MS = 1000;
const AFTER_FAILURE_MS = 3000;
const GIVE_UP_MS = 5000;

const page = document.body;
const part = (id) => document.getElementById(id);
const desk = matchMedia("(min-width: 60rem)");

const state = {
  messages: [],
  answer: null,
  filter: "",
  selected: idInAddress(),
  drawn: null,
  timer: null,
};

function idInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

async function poll() {
  clearTimeout(state.timer);
  if (document.hidden) {
    return;
  }
  let wait = EVERY_MS;
  try {
    take(await fetchMessages());
    working();
  } catch (problem) {
    failing(problem);
    wait = AFTER_FAILURE_MS;
  }
  clearTimeout(state.timer);
  state.timer = setTimeout(poll, wait);
}

async function fetchMessages() {
  const response = await fetch("/sandbox/messages?limit=100", {
    headers: { Accept: "application/json" },
    cache: "no-store",
    signal: AbortSignal.timeout(GIVE_UP_MS),
  });
  if (!response.ok) {
    throw new Error(`it answered ${response.status} ${response.statusText}`);
  }
  return response.text();
}

function take(answer) {
  if (answer !== state.answer) {
    const messages = JSON.parse(answer).map(withTextId);
    announce(messages);
    state.messages = messages;
    state.answer = answer;
    chooseWhenNothingIs();
    draw();
  }
  refreshTimes();
}

// Addresses and attributes hold text; a number would never equal what comes back from them.
function withTextId(message) {
  return { ...message, id: String(message.id) };
}

function announce(messages) {
  if (state.answer === null) {
    return;
  }
  const known = new Set(state.messages.map((message) => message.id));
  const fresh = messages.filter((message) => !known.has(message.id));
  if (fresh.length > 0) {
    part("news").textContent = fresh
      .map((message) => `New ${message.channel} to ${message.to}`)
      .join(". ");
  }
}

function chooseWhenNothingIs() {
  const still = state.messages.some((message) => message.id === state.selected);
  if (!still) {
    select(desk.matches ? (shown()[0]?.id ?? null) : null);
  }
}

function shown() {
  return state.messages.filter(
    (message) => !state.filter || message.channel === state.filter,
  );
}

function select(id) {
  state.selected = id;
  const address =
    id === null ? location.pathname : `#${encodeURIComponent(id)}`;
  history.replaceState(history.state, "", address);
}

function draw() {
  const some = state.messages.length > 0;
  page.dataset.state = some ? "filled" : "empty";
  part("waiting").hidden = true;
  part("empty").hidden = some;
  part("box").hidden = !some;
  drawCounts();
  drawList(part("list"), shown(), state.selected);
  drawNone();
  drawSelected();
}

function drawCounts() {
  for (const button of document.querySelectorAll("[data-filter]")) {
    const channel = button.dataset.filter;
    const count = state.messages.filter(
      (message) => !channel || message.channel === channel,
    ).length;
    button.setAttribute("aria-pressed", String(channel === state.filter));
    button.querySelector(".count").textContent = count;
  }
}

function drawNone() {
  const none = part("none");
  none.hidden = shown().length > 0;
  const names = { email: "e-mail", sms: "SMS", webhook: "webhook call" };
  none.textContent = `No ${names[state.filter] ?? "message"} caught yet.`;
}

function drawSelected() {
  const details = part("details");
  const message = state.messages.find(
    (candidate) => candidate.id === state.selected,
  );
  details.hidden = !message;
  page.dataset.view = message ? "details" : "list";
  if (state.drawn !== (message?.id ?? null)) {
    state.drawn = message?.id ?? null;
    drawDetails(details, message);
  }
}

function working() {
  part("failure").hidden = true;
  part("pulse").textContent = "Live";
  part("pulse").dataset.pulse = "live";
}

function failing(problem) {
  const reason =
    problem.name === "TimeoutError" ? "it does not answer" : problem.message;
  const text = `The service cannot be reached: ${reason}. Trying again every few seconds.`;
  const failure = part("failure");
  if (failure.hidden || failure.textContent !== text) {
    failure.hidden = false;
    failure.textContent = text;
  }
  part("waiting").firstElementChild.textContent = "Waiting for the service";
  part("pulse").textContent = "Offline";
  part("pulse").dataset.pulse = "lost";
}

function pause() {
  clearTimeout(state.timer);
  part("pulse").textContent = "Paused";
  part("pulse").dataset.pulse = "paused";
}

function showAndFocus(id) {
  select(id);
  draw();
  document.querySelector("#list [aria-current]")?.focus();
}

function step(by) {
  const ids = shown().map((message) => message.id);
  const at = ids.indexOf(state.selected);
  const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
  if (next === undefined) {
    return;
  }
  if (desk.matches) {
    showAndFocus(next);
  } else {
    stepFocus(by);
  }
}

// On a phone the list and the details share the screen: arrows move only the focus there.
function stepFocus(by) {
  const rows = [...document.querySelectorAll("#list a")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

function onKey(event) {
  const inList = event.target === page || part("box").contains(event.target);
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (
    by &&
    inList &&
    state.messages.length > 0 &&
    !event.altKey &&
    !event.ctrlKey &&
    !event.metaKey
  ) {
    event.preventDefault();
    step(by);
  }
  if (event.key === "Escape" && part("details").contains(event.target)) {
    backToList();
  }
}

function backToList() {
  if (desk.matches) {
    focusRow(state.selected);
  } else if (history.state?.opened) {
    history.back();
  } else {
    leave(null);
  }
}

function leave(nextId) {
  const left = state.selected;
  select(nextId);
  draw();
  focusRow(left);
}

function focusRow(id) {
  [...document.querySelectorAll("#list a")]
    .find((row) => row.dataset.id === id)
    ?.focus();
}

function onListClick(event) {
  const row = event.target.closest("a[data-id]");
  if (!row) {
    return;
  }
  event.preventDefault();
  if (desk.matches) {
    select(row.dataset.id);
  } else {
    // A real step in the history, so that the phone's back gesture returns to the list.
    history.pushState({ opened: true }, "", row.getAttribute("href"));
    state.selected = row.dataset.id;
  }
  draw();
  const byKeyboard = event.detail === 0;
  if (byKeyboard || !desk.matches) {
    part("details").querySelector("h2").focus();
  }
}

function onDetailsClick(event) {
  if (event.target.closest(".back")) {
    event.preventDefault();
    backToList();
  }
}

function onFilter(event) {
  const button = event.target.closest("[data-filter]");
  if (!button) {
    return;
  }
  state.filter = button.dataset.filter;
  const still = shown().some((message) => message.id === state.selected);
  if (!still || !desk.matches) {
    select(desk.matches ? (shown()[0]?.id ?? null) : null);
  }
  draw();
}

document.addEventListener("keydown", onKey);
document.querySelector(".filters").addEventListener("click", onFilter);
part("list").addEventListener("click", onListClick);
part("details").addEventListener("click", onDetailsClick);
document.addEventListener("click", copyOnClick);
document.addEventListener("visibilitychange", () =>
  document.hidden ? pause() : poll(),
);
addEventListener("popstate", () => leave(idInAddress()));

poll();
