import { Link } from "@tanstack/react-router";
import { Archive, Check, Ellipsis } from "lucide-react";
import { memo } from "react";

import { PriorityBadge, TagBadges, TroubleBadge } from "@/components/lead/lead-badges";
import { TimeLeft } from "@/components/lead/time-left";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useLeadActions } from "@/leads/actions";
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
  readonly onToggle: (id: string, range: boolean) => void;
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
  const memberName = useMemberName();
  const assignee = memberName(lead.assignedTo);
  return (
    <div
      className={cn(
        "group relative flex gap-3 border-b border-line px-3 py-2.5 transition-colors hover:bg-sunken",
        isOpen && "bg-accent-soft hover:bg-accent-soft",
        isChosen && "bg-accent-soft/60",
      )}
    >
      <span className="relative grid size-9 shrink-0 place-items-center self-start">
        <Avatar
          name={nameOf(lead)}
          className={cn(
            "size-9",
            mayWrite() && "group-focus-within:opacity-0 group-hover:opacity-0",
            isChoosing && "opacity-0",
          )}
        />
        {mayWrite() && (
          <Checkbox
            aria-label={`Select ${nameOf(lead)}`}
            tabIndex={-1}
            checked={isChosen}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(lead.id, event.shiftKey);
            }}
            className={cn(
              "absolute z-10 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100",
              isChoosing && "opacity-100",
            )}
          />
        )}
      </span>
      <div className="grid min-w-0 flex-1 gap-0.5">
        <div className="flex items-baseline gap-2">
          <Link
            to="/inbox/$leadId"
            params={{ leadId: lead.id }}
            search={(before) => before as never}
            data-lead={lead.id}
            tabIndex={tabIndex}
            onFocus={() => onFocus(lead.id)}
            aria-current={isOpen ? "true" : undefined}
            className={cn(
              "min-w-0 flex-1 truncate outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-focus",
              isUnread ? "font-semibold" : "font-medium",
            )}
          >
            {isUnread && <span className="sr-only">{leadTexts.statuses.unread}: </span>}
            {nameOf(lead)}
          </Link>
          <time dateTime={lead.createdAt} title={moment(lead.createdAt)} className="shrink-0 text-xs text-soft tabular">
            {shortMoment(lead.createdAt)}
          </time>
          {isUnread && <span aria-hidden className="size-2 shrink-0 self-center rounded-full bg-accent" />}
        </div>
        <p className={cn("truncate text-s", isUnread ? "text-ink" : "text-soft")}>
          {[lead.subject, lead.message].filter(Boolean).join(" · ") || lead.contactPhone || lead.contactEmail}
        </p>
        <div className="flex min-h-6 flex-wrap items-center gap-1.5 pe-8 pt-0.5">
          <TimeLeft lead={lead} />
          {!isWaiting(lead) && lead.quarantinedAt === null && lead.status !== "archived" && (
            <span className="text-xs text-soft">
              {leadTexts.statuses[lead.status]}
              {lead.callOutcome && `, ${leadTexts.outcomes[lead.callOutcome].toLocaleLowerCase()}`}
            </span>
          )}
          <PriorityBadge priority={lead.priority} />
          <TroubleBadge lead={lead} />
          <TagBadges tags={lead.tags} />
          {assignee && (
            <span className="text-xs text-soft">
              {lead.assignedTo === currentSession()?.person.id ? "You" : assignee}
            </span>
          )}
        </div>
      </div>
      {mayWrite() && <RowMenu lead={lead} />}
    </div>
  );
});

/** What is done most, without opening the lead. */
function RowMenu({ lead }: { lead: Lead }) {
  const actions = useLeadActions();
  const isHeld = lead.quarantinedAt !== null;
  return (
    <div className="absolute end-2 bottom-1.5 z-10 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-lg:opacity-100 has-data-[state=open]:opacity-100">
      <Menu
        trigger={
          <Button variant="quiet" size="icon-s" tabIndex={-1} aria-label={`Actions for ${nameOf(lead)}`}>
            <Ellipsis />
          </Button>
        }
      >
        {isHeld ? (
          <>
            <MenuItem onSelect={() => void actions.release(lead.id)}>Release: a real lead</MenuItem>
            <MenuItem tone="danger" onSelect={() => void actions.discard(lead.id)}>
              Discard: spam
            </MenuItem>
          </>
        ) : (
          <>
            {isWaiting(lead) && (
              <MenuItem onSelect={() => void actions.acknowledge(lead.id)}>
                <Check /> Acknowledge
              </MenuItem>
            )}
            {lead.status === "read" && (
              <MenuItem onSelect={() => void actions.unread(lead.id)}>Mark as unread</MenuItem>
            )}
            {lead.status === "unread" && <MenuItem onSelect={() => void actions.read(lead.id)}>Mark as read</MenuItem>}
            <MenuItem onSelect={() => void actions.assign(lead.id, currentSession()?.person.id ?? null)}>
              Assign to me
            </MenuItem>
            {lead.status === "archived" ? (
              <MenuItem onSelect={() => void actions.unarchive(lead.id)}>Take out of the archive</MenuItem>
            ) : (
              <MenuItem onSelect={() => void actions.archive(lead.id)}>
                <Archive /> Archive
              </MenuItem>
            )}
          </>
        )}
      </Menu>
    </div>
  );
}
