import { useState } from "react";

export interface Draft {
  readonly channel: "email" | "sms";
  readonly subject: string;
  readonly text: string;
  /** What the text was begun with. */
  readonly templateId?: string | undefined;
}

const keyOf = (leadId: string) => `callback-messaging-draft-${leadId}`;

function read(leadId: string, channel: Draft["channel"]): Draft {
  const empty = { channel, subject: "", text: "" };
  try {
    return { ...empty, ...(JSON.parse(sessionStorage.getItem(keyOf(leadId)) ?? "{}") as Partial<Draft>), channel };
  } catch {
    return empty;
  }
}

/** A reply that is being written: it outlives a look at another lead, though not the tab. */
export function useDraft(leadId: string, channel: Draft["channel"]): [Draft, (part: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => read(leadId, channel));
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    sessionStorage.setItem(keyOf(leadId), JSON.stringify(next));
  };
  return [draft, change];
}

export function clearDraft(leadId: string): void {
  sessionStorage.removeItem(keyOf(leadId));
}
