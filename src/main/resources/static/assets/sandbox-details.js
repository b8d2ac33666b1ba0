// One caught message in full: the mail as it looks, the SMS as it reads, the webhook call as it was made.

import { ago, badge, el, exactly } from "./sandbox-elements.js";
import { tabs } from "./sandbox-tabs.js";

const WITHOUT_SUBJECT = { sms: "Short message" };

export function drawDetails(place, message) {
  if (!message) {
    place.replaceChildren();
    return;
  }
  place.replaceChildren(heading(message), ...tabs(choices(message)));
}

function heading(message) {
  return el(
    "header",
    {},
    el("a", { class: "back", href: "#" }, "All messages"),
    el(
      "h2",
      { tabindex: "-1", dir: "auto" },
      message.subject || WITHOUT_SUBJECT[message.channel] || "(no subject)",
    ),
    el(
      "p",
      { class: "facts" },
      badge(message.channel),
      el("span", {}, "to ", el("bdi", {}, message.to ?? "")),
      el("span", {}, exactly(message.at)),
      el("time", { datetime: message.at, title: message.at }, ago(message.at)),
    ),
  );
}

function choices(message) {
  const headers = {
    name: "Headers",
    panel: () => headerTable(message.headers),
  };
  const raw = {
    name: "Raw",
    panel: () => copyable(JSON.stringify(message, null, 2)),
  };
  const text = {
    name: "Text",
    panel: () => el("pre", { class: "text", dir: "auto" }, message.body ?? ""),
  };
  switch (message.channel) {
    case "email":
      return message.html
        ? [{ name: "Mail", panel: () => mail(message) }, text, headers, raw]
        : [text, headers, raw];
    case "sms":
      return [{ name: "Phone", panel: () => phone(message) }, headers, raw];
    case "webhook":
      return [{ name: "Body", panel: () => json(message.body) }, headers, raw];
    default:
      return [text, headers, raw];
  }
}

// The empty sandbox attribute takes everything away: scripts, forms, our origin, navigation.
function mail(message) {
  return el("iframe", {
    sandbox: "",
    title: "The mail as it looks",
    src: `/sandbox/messages/${encodeURIComponent(message.id)}/html`,
  });
}

function phone(message) {
  return el(
    "div",
    { class: "phone" },
    el("p", { class: "bubble", dir: "auto" }, message.body ?? ""),
    el("p", { class: "measure" }, measures(message).join(", ")),
  );
}

function measures(message) {
  const segments = Number(header(message, /segments$/i));
  return [
    counted(
      header(message, /(length|characters)$/i) ??
        [...(message.body ?? "")].length,
      "character",
    ),
    segments ? counted(segments, "segment") : null,
    header(message, /encoding$/i),
  ].filter(Boolean);
}

function counted(count, noun) {
  return `${count} ${noun}${Number(count) === 1 ? "" : "s"}`;
}

function header(message, pattern) {
  const found = Object.entries(message.headers ?? {}).find(([name]) =>
    pattern.test(name),
  );
  return found?.[1];
}

function headerTable(headers) {
  const entries = Object.entries(headers ?? {});
  if (entries.length === 0) {
    return el("p", { class: "none" }, "No headers.");
  }
  const rows = entries.map(([name, value]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name),
      el("td", { dir: "auto" }, String(value)),
    ),
  );
  return el("table", { class: "headers" }, el("tbody", {}, ...rows));
}

function copyable(text) {
  const content = el("pre", { id: "copyable" });
  content.append(...coloured(text));
  return el(
    "div",
    { class: "copyable" },
    el(
      "button",
      { type: "button", class: "copy", "data-copy": "copyable" },
      "Copy",
    ),
    content,
  );
}

function json(text) {
  try {
    JSON.parse(text);
  } catch {
    return el("pre", { class: "text", dir: "auto" }, text ?? "");
  }
  return copyable(laidOut(text));
}

const PIECE = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|\s+|[{}[\],:]/g;

// Laid out from the text, not from its parsed value: numbers stay as they were sent, digit for digit.
function laidOut(text) {
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return text.replace(PIECE, (piece) => {
    switch (piece[0]) {
      case '"':
        return piece;
      case ",":
        return piece + line();
      case ":":
        return ": ";
      case "{":
      case "[":
        if (piece.length > 1) {
          return piece[0] + piece.at(-1);
        }
        depth++;
        return piece + line();
      case "}":
      case "]":
        depth--;
        return line() + piece;
      default:
        return "";
    }
  });
}

const TOKEN =
  /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon] = match;
    const kind = colon ? "key" : string ? "string" : "literal";
    parts.push(
      text.slice(end, match.index),
      el("span", { class: kind }, string ?? token),
      colon ?? "",
    );
    end = match.index + token.length;
  }
  return [...parts, text.slice(end)];
}
