import { Link } from "@tanstack/react-router";
import { memo } from "react";

import { NumberBadge, PriorityBadge, TagBadges, TroubleBadge } from "@/components/lead/lead-badges";
import { TimeLeft } from "@/components/lead/time-left";
import { Avatar } from "@/components/ui/avatar";
import { Checkbox } from "@/components/ui/checkbox";
import { HeldActions, HeldReason } from "@/features/inbox/held-row";
import { RowMenu } from "@/features/inbox/row-menu";
import { texts } from "@/features/inbox/texts";
import { isWaiting, type Lead } from "@/leads/lead";
import { nameOf, useMemberName } from "@/leads/names";
import { leadTexts } from "@/leads/texts";
import { cn } from "@/lib/cn";
import { moment, shortMoment } from "@/lib/format";
import { currentSession, mayWrite } from "@/lib/session";

interface Props {
  readonly lead: Lead;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  readonly isChoosing: boolean;
  readonly tabIndex: number;
  /** Undefined where it cannot be chosen. */
  readonly onToggle: ((id: string, range: boolean) => void) | undefined;
  readonly onFocus: (id: string) => void;
}

/** One lead of the list: who, what they want, and how long they have been waiting. */
export const LeadRow = memo(function LeadRow({
  lead,
  isOpen,
  isChosen,
  isChoosing,
  tabIndex,
  onToggle,
  onFocus,
}: Props) {
  const isUnread = lead.status === "unread";
  const isHeld = lead.quarantinedAt !== null;
  const name = nameOf(lead);
  return (
    <div
      className={cn(
        "group relative flex h-full gap-3 overflow-hidden border-b border-line px-3 py-2 transition-colors hover:bg-sunken",
        isOpen && "bg-accent-soft hover:bg-accent-soft",
        isChosen && "bg-accent-soft/60",
      )}
    >
      <span className="relative grid size-9 shrink-0 place-items-center self-start">
        <Avatar
          name={name}
          className={cn(
            "size-9",
            onToggle && "group-focus-within:opacity-0 group-hover:opacity-0",
            onToggle && isChoosing && "opacity-0",
          )}
        />
        {onToggle && (
          <Checkbox
            aria-label={texts.row.select(name)}
            tabIndex={tabIndex}
            checked={isChosen}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(lead.id, event.shiftKey);
            }}
            className={cn(
              "absolute z-10 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 before:absolute before:-inset-3 focus-visible:opacity-100",
              isChoosing && "opacity-100",
            )}
          />
        )}
      </span>
      <div className="grid min-w-0 flex-1 auto-rows-max grid-cols-1 content-start gap-0.5">
        <div className="flex items-baseline gap-2">
          <Link
            to="/inbox/$leadId"
            params={{ leadId: lead.id }}
            search={(before) => before as never}
            data-lead={lead.id}
            tabIndex={tabIndex}
            onFocus={() => onFocus(lead.id)}
            onClick={(event) => {
              // As in any list: with shift, all from the one before to this one.
              if (event.shiftKey && onToggle) {
                event.preventDefault();
                onToggle(lead.id, true);
              }
            }}
            aria-current={isOpen ? "page" : undefined}
            className={cn(
              "me-auto min-w-0 outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-focus",
              isUnread ? "font-semibold" : "font-medium",
            )}
          >
            {isUnread && (
              <>
                <span className="sr-only">{leadTexts.statuses.unread}:</span>{" "}
              </>
            )}
            <span dir="auto" className="block truncate">
              {name}
            </span>
          </Link>
          <time dateTime={lead.createdAt} title={moment(lead.createdAt)} className="shrink-0 text-xs text-soft tabular">
            {shortMoment(lead.createdAt)}
          </time>
          {isUnread && <span aria-hidden className="size-2 shrink-0 self-center rounded-full bg-accent" />}
        </div>
        <p dir="auto" className={cn("truncate text-s rtl:text-right", isUnread ? "text-ink" : "text-soft")}>
          {[lead.subject, lead.message].filter(Boolean).join(" · ") || texts.row.callBack}
        </p>
        <div
          className={cn(
            // What there is no room for wraps out of sight, instead of being cut.
            "flex h-6 flex-wrap items-center gap-x-1.5 gap-y-2 overflow-hidden whitespace-nowrap *:min-h-6",
            mayWrite() && (isHeld ? "pe-42" : "pe-9 max-md:pe-11"),
          )}
        >
          {isHeld ? <HeldReason lead={lead} /> : <Facts lead={lead} />}
        </div>
      </div>
      {mayWrite() &&
        (isHeld ? <HeldActions lead={lead} tabIndex={tabIndex} /> : <RowMenu lead={lead} tabIndex={tabIndex} />)}
    </div>
  );
});

/** What matters most first: a narrow row leaves out the last. */
function Facts({ lead }: { lead: Lead }) {
  const memberName = useMemberName();
  const assignee = memberName(lead.assignedTo);
  const isPutAway = lead.status === "archived";
  return (
    <>
      <TimeLeft lead={lead} />
      {isPutAway && <span className="text-xs leading-6 text-soft">{leadTexts.statuses.archived}</span>}
      {!isWaiting(lead) && !isPutAway && (
        <span className="text-xs leading-6 text-soft">
          {leadTexts.statuses[lead.status]}
          {lead.callOutcome && `, ${leadTexts.outcomes[lead.callOutcome].toLocaleLowerCase()}`}
        </span>
      )}
      <TroubleBadge lead={lead} />
      <NumberBadge lead={lead} />
      <PriorityBadge priority={lead.priority} />
      {assignee && (
        <span className="text-xs leading-6 text-soft">
          {lead.assignedTo === currentSession()?.person.id ? texts.row.you : assignee}
        </span>
      )}
      <TagBadges tags={lead.tags} />
      {nameOf(lead) !== lead.contactPhone && (
        <span dir="ltr" className="text-xs leading-6 text-soft tabular">
          {lead.contactPhone}
        </span>
      )}
      <span title={texts.row.reference} className="font-mono text-xs leading-6 text-soft">
        {lead.reference}
      </span>
    </>
  );
}
