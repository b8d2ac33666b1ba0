import { Moment } from "@/components/ui/moment";
import { inWords } from "@/features/lead/timeline-words";
import type { LeadInFull } from "@/leads/lead";
import { useMemberName } from "@/leads/names";

/** What happened, the newest first; how deliveries went stands with them. */
export function Timeline({ lead }: { lead: LeadInFull }) {
  const memberName = useMemberName();
  const told = lead.timeline.filter(({ type }) => !type.startsWith("delivery.")).toReversed();
  return (
    <ol className="grid p-4 text-s">
      {told.map(({ type, data, at }, index) => (
        <li
          key={`${at}${type}${index}`}
          className="relative grid gap-0.5 border-s-2 border-line pb-4 ps-4 last:border-transparent last:pb-0"
        >
          <span aria-hidden className="absolute -start-[5px] top-1.5 size-2 rounded-full bg-accent" />
          <span>{inWords(type, data, memberName)}</span>
          <span className="text-xs text-soft">
            <Moment at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
