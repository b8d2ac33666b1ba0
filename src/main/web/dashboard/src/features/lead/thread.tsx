import { ReceivedEntry } from "@/features/lead/received-entry";
import { SentEntry } from "@/features/lead/sent-entry";
import { texts } from "@/features/lead/texts";
import type { LeadInFull } from "@/leads/lead";
import { nameOf } from "@/leads/names";

/** What was said, on either side. */
export function Thread({ lead }: { lead: LeadInFull }) {
  const thread = lead.thread ?? [];
  if (thread.length === 0) {
    return <p className="p-4 text-s text-soft">{texts.noThread(nameOf(lead))}</p>;
  }
  return (
    <ol className="grid gap-3 p-4">
      {thread.map((each) =>
        each.sender === null ? (
          <SentEntry key={each.id} entry={each} />
        ) : (
          <ReceivedEntry key={each.id} entry={each} lead={lead} />
        ),
      )}
    </ol>
  );
}
