import type { ReactNode } from "react";

import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { texts } from "@/features/lead/texts";
import type { ThreadEntry } from "@/leads/lead";
import { cn } from "@/lib/cn";

interface Frame {
  readonly entry: ThreadEntry;
  readonly who: string;
  /** What stands beside the time. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** One message of a conversation: ours on the right, theirs on the left. Its text is text, whatever it looks like. */
export function EntryFrame({ entry, who, beside, children }: Frame) {
  const { direction, channel, subject, createdAt } = entry;
  return (
    <li
      className={cn(
        "grid max-w-[92%] gap-1 rounded-l p-3",
        direction === "out" ? "justify-self-end bg-accent-soft" : "justify-self-start bg-sunken",
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-soft">
        <span className="font-medium wrap-anywhere text-ink">{who}</span>
        <Badge tone={channel === "sms" ? "sms" : "email"}>{channel === "sms" ? texts.sms : texts.mail}</Badge>
        <Moment at={createdAt} />
        {beside}
      </p>
      {subject && (
        <p dir="auto" className="text-s font-medium wrap-anywhere">
          {subject}
        </p>
      )}
      {children}
    </li>
  );
}

/** A text as it was written, with its line breaks. */
export function Said({ text }: { text: string }) {
  return (
    <p dir="auto" className="text-s wrap-anywhere whitespace-pre-wrap">
      {text}
    </p>
  );
}
