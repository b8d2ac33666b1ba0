import { DeliveryBadge } from "@/components/delivery/delivery-badge";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { texts } from "@/features/lead/texts";
import type { LeadInFull, ThreadEntry } from "@/leads/lead";
import { nameOf, shortName } from "@/leads/names";
import { cn } from "@/lib/cn";

/** What was said, on either side. */
export function Thread({ lead }: { lead: LeadInFull }) {
  const thread = lead.thread ?? [];
  if (thread.length === 0) {
    return <p className="p-4 text-s text-soft">{texts.noThread(nameOf(lead))}</p>;
  }
  return (
    <ol className="grid gap-3 p-4">
      {thread.map((each) => (
        <Entry key={each.id} entry={each} name={nameOf(lead)} />
      ))}
    </ol>
  );
}

function Entry({ entry, name }: { entry: ThreadEntry; name: string }) {
  const { direction, channel, subject, body, author, delivery, createdAt } = entry;
  const isOurs = direction === "out";
  return (
    <li
      className={cn(
        "grid max-w-[92%] gap-1 rounded-l p-3",
        isOurs ? "justify-self-end bg-accent-soft" : "justify-self-start bg-sunken",
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-soft">
        <span className="font-medium text-ink">{isOurs ? shortName(author) : name}</span>
        <Badge tone={channel === "sms" ? "sms" : "email"}>{channel === "sms" ? texts.sms : texts.mail}</Badge>
        <Moment at={createdAt} />
        {delivery && <DeliveryBadge delivery={delivery} />}
      </p>
      {subject && (
        <p dir="auto" className="text-s font-medium">
          {subject}
        </p>
      )}
      <p dir="auto" className="text-s whitespace-pre-wrap">
        {body}
      </p>
      {(delivery?.state === "failed" || delivery?.state === "unknown") && delivery.lastError && (
        <p className="text-s text-danger">{delivery.lastError}</p>
      )}
    </li>
  );
}
