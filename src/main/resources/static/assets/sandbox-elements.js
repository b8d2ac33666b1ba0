// Small building blocks. Caught texts come from strangers: they become text nodes, never markup.

/** Makes an element; `children` may be nodes or strings. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

const CHANNELS = { email: "E-mail", sms: "SMS", webhook: "Webhook" };

export function badge(channel) {
  return el(
    "span",
    { class: "badge", "data-channel": channel },
    CHANNELS[channel] ?? channel,
  );
}

const language = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(language, {
  numeric: "always",
  style: "narrow",
});
const clock = new Intl.DateTimeFormat(language, {
  timeStyle: "medium",
  hourCycle: "h23",
});
const dayAndClock = new Intl.DateTimeFormat(language, {
  dateStyle: "medium",
  timeStyle: "medium",
  hourCycle: "h23",
});

export function ago(at) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(at)) / 1000));
  if (seconds < 2) {
    return "now";
  }
  if (seconds < 60) {
    return relative.format(-seconds, "second");
  }
  if (seconds < 3600) {
    return relative.format(-Math.round(seconds / 60), "minute");
  }
  return seconds < 86400
    ? relative.format(-Math.round(seconds / 3600), "hour")
    : relative.format(-Math.round(seconds / 86400), "day");
}

export function exactly(at) {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  return (today ? clock : dayAndClock).format(moment);
}

/** Copies the text of the element that the pressed button names in `data-copy`. */
export async function copyOnClick(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) {
    return;
  }
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    say(button, "Copied");
  } catch {
    // Without https or localhost the clipboard is closed: leave the text selected instead.
    getSelection().selectAllChildren(source);
    say(button, "Selected: press Ctrl+C");
  }
}

function say(button, text) {
  const before = button.dataset.label ?? button.textContent;
  button.dataset.label = before;
  button.textContent = text;
  setTimeout(() => (button.textContent = before), 2000);
}
