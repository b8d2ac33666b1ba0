import { X } from "lucide-react";

import { Button } from "@/components/ui/button";
import { filterTexts as chipTexts } from "@/features/inbox/filter-texts";
import { type InboxSearch, NOTHING } from "@/features/inbox/search";
import { texts } from "@/features/inbox/texts";
import { useInboxNavigation } from "@/features/inbox/use-inbox";
import { useFunnelName, useMemberName } from "@/leads/names";
import { leadTexts } from "@/leads/texts";
import { shortDay } from "@/lib/format";

/** What narrows the list, each to be taken away by itself. */
export function FilterChips({ search }: { search: InboxSearch }) {
  const { narrow } = useInboxNavigation();
  const funnelName = useFunnelName();
  const memberName = useMemberName();

  const chips: { name: keyof typeof NOTHING; label: string }[] = [];
  const add = (name: keyof typeof NOTHING, label: string | undefined) =>
    label !== undefined && chips.push({ name, label });

  add("status", search.status?.map((each) => leadTexts.statuses[each]).join(", "));
  add("priority", search.priority?.map((each) => leadTexts.priorities[each]).join(", "));
  add("funnel", search.funnel && (funnelName(search.funnel) ?? chipTexts.oneFunnel));
  add("assignee", search.assignee && assigneeLabel(search.assignee, memberName));
  add(
    "outcome",
    search.outcome && (search.outcome === "none" ? chipTexts.noOutcome : leadTexts.outcomes[search.outcome]),
  );
  add("sla", search.sla && chipTexts.sla[search.sla]);
  add("source", search.source && chipTexts.source(search.source));
  add("campaign", search.campaign && chipTexts.campaign(search.campaign));
  add("tag", search.tag?.join(" + "));
  add("delivery", search.delivery && chipTexts.delivery(leadTexts.deliveryStates[search.delivery]));
  add("from", search.from && chipTexts.from(shortDay(search.from)));
  add("to", search.to && chipTexts.until(shortDay(new Date(Date.parse(search.to) - 1).toISOString())));
  if (chips.length === 0) {
    return null;
  }
  return (
    <ul aria-label={chipTexts.label} className="flex flex-wrap gap-1.5">
      {chips.map(({ name, label }) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => narrow({ [name]: undefined })}
            className="flex h-7 max-w-56 max-md:h-9 items-center gap-1 rounded-full border border-line bg-surface ps-2.5 pe-1.5 text-xs hover:border-edge"
          >
            <span className="truncate">{label}</span>
            <X className="size-3.5 shrink-0 text-soft" aria-hidden />
            <span className="sr-only">{chipTexts.takeAway}</span>
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button variant="link" size="s" className="h-7! text-xs max-md:h-9!" onClick={() => narrow(NOTHING)}>
            {texts.clearAll}
          </Button>
        </li>
      )}
    </ul>
  );
}

function assigneeLabel(assignee: string, memberName: (id: string | null) => string | undefined): string {
  switch (assignee) {
    case "me":
      return chipTexts.mine;
    case "nobody":
      return chipTexts.nobodys;
    default:
      return memberName(assignee) ?? chipTexts.onePersons;
  }
}
