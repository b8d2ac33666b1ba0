import type { components } from "@/lib/api";

export type Template = components["schemas"]["Template"];
export type Channel = Template["channel"];
export type NewTemplate = components["schemas"]["NewTemplate"];

export const CHANNELS: readonly Channel[] = ["email", "sms"];

export interface Draft {
  readonly channel: Channel;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
}

export function draftOf(template: Template | undefined): Draft {
  return {
    channel: template?.channel ?? "email",
    name: template?.name ?? "",
    subject: template?.subject ?? "",
    body: template?.body ?? "",
  };
}

/** What the service is given: an SMS has no subject, and an empty one is none. */
export function bodyOf({ channel, name, subject, body }: Draft): NewTemplate {
  return { channel, name, body, ...(channel === "email" && subject.trim() && { subject }) };
}

/** What can be filled in, in groups; those that a form may not have asked for come with words to stand in. */
export const PLACEHOLDERS = {
  contact: ["contact.firstName | there", "contact.name | there", "contact.phone", "contact.email"],
  lead: ["lead.subject", "lead.message", "lead.reference", "lead.receivedAt", "funnel.name"],
  us: ["agent.name", "business.name"],
} as const;

export type Placeholder = (typeof PLACEHOLDERS)[keyof typeof PLACEHOLDERS][number];

export interface Inserted {
  readonly text: string;
  /** What is selected then: the words that stand in, to be typed over, or nothing behind the placeholder. */
  readonly select: readonly [from: number, to: number];
}

/** Puts a placeholder where the caret is, in place of what is selected. */
export function insert(text: string, from: number, to: number, placeholder: Placeholder): Inserted {
  const written = `{{${placeholder}}}`;
  const end = from + written.length;
  const bar = written.indexOf("| ");
  return {
    text: text.slice(0, from) + written + text.slice(to),
    select: bar < 0 ? [end, end] : [from + bar + 2, end - 2],
  };
}

/** A text in pieces, placeholders by themselves. */
export function pieces(text: string): readonly { readonly text: string; readonly isPlace: boolean }[] {
  return text
    .split(/(\{\{[^{}\n]*\}\})/u)
    .filter((each) => each !== "")
    .map((each) => ({ text: each, isPlace: each.startsWith("{{") && each.endsWith("}}") }));
}
