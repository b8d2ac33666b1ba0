import { DeliveryBadge } from "@/components/delivery/delivery-badge";
import { EntryFrame, Said } from "@/features/lead/entry-frame";
import type { ThreadEntry } from "@/leads/lead";
import { shortName } from "@/leads/names";

/** What was written here, and how far it has come. */
export function SentEntry({ entry }: { entry: ThreadEntry }) {
  const { body, author, delivery } = entry;
  return (
    <EntryFrame entry={entry} who={shortName(author)} beside={delivery && <DeliveryBadge delivery={delivery} />}>
      <Said text={body} />
      {(delivery?.state === "failed" || delivery?.state === "unknown") && delivery.lastError && (
        <p className="text-s text-danger">{delivery.lastError}</p>
      )}
    </EntryFrame>
  );
}
