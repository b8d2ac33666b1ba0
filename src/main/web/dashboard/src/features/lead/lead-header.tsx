import { Link } from "@tanstack/react-router";
import { Archive, ArchiveRestore, ArrowLeft, Check, Ellipsis, MailOpen, PhoneCall, Reply } from "lucide-react";

import { NumberBadge, PriorityBadge, TroubleBadge } from "@/components/lead/lead-badges";
import { TimeLeft } from "@/components/lead/time-left";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuCheck, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Moment } from "@/components/ui/moment";
import { Tooltip } from "@/components/ui/tooltip";
import { EscalationLine } from "@/features/lead/escalation-line";
import { SnoozeButton } from "@/features/lead/snooze-button";
import { texts } from "@/features/lead/texts";
import { useFinish } from "@/features/lead/use-finish";
import { useLeadActions } from "@/leads/actions";
import { setAdvance, useAdvance } from "@/leads/advance";
import { isWaiting, type LeadInFull } from "@/leads/lead";
import { nameOf, useFunnelName } from "@/leads/names";
import { leadTexts } from "@/leads/texts";
import { span } from "@/lib/format";
import { mayWrite } from "@/lib/session";

/** Who it is, how it stands, and the next thing to do. */
export function LeadHeader({ lead, onOutcome }: { lead: LeadInFull; onOutcome: () => void }) {
  const funnelName = useFunnelName();
  const funnel = funnelName(lead.funnelId);
  return (
    <header className="sticky top-0 z-20 grid gap-2 border-b border-line bg-surface px-3 py-3 md:px-5">
      <div className="flex items-start gap-2">
        <Button asChild variant="quiet" size="icon" className="-ms-2 lg:hidden">
          <Link to="/inbox" search={(before) => before as never} aria-label={texts.back}>
            <ArrowLeft className="rtl:rotate-180" />
          </Link>
        </Button>
        <div className="min-w-0 flex-1">
          <h1 className="text-xl leading-tight font-semibold">
            <bdi>{nameOf(lead)}</bdi>
          </h1>
          <p className="text-s text-soft">
            <Moment at={lead.createdAt} />
            {funnel && <> · {funnel}</>}
          </p>
        </div>
        {mayWrite() && lead.quarantinedAt === null && <HeaderActions lead={lead} onOutcome={onOutcome} />}
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <TimeLeft lead={lead} />
        <Standing lead={lead} />
        <PriorityBadge priority={lead.priority} />
        <TroubleBadge lead={lead} />
        <NumberBadge lead={lead} />
        {mayWrite() && isWaiting(lead) && <Acknowledge lead={lead} className="ms-auto sm:hidden" />}
      </div>
      <EscalationLine lead={lead} />
    </header>
  );
}

/** Who took it on, and how fast. */
function Standing({ lead }: { lead: LeadInFull }) {
  const took = (at: string) => span((Date.parse(at) - Date.parse(lead.createdAt)) / 1000);
  const by = lead.acknowledgedBy ? nameOfActor(lead) : undefined;
  if (lead.status === "archived") {
    return <Badge>{leadTexts.statuses.archived}</Badge>;
  }
  if (lead.respondedAt && lead.status === "responded") {
    return (
      <Badge tone="good">
        <Check /> {texts.respondedAfter(took(lead.respondedAt))}
      </Badge>
    );
  }
  if (lead.acknowledgedAt && !isWaiting(lead)) {
    return (
      <Badge tone="good">
        <Check /> {texts.acknowledgedAfter(took(lead.acknowledgedAt), by)}
      </Badge>
    );
  }
  return lead.status === "unread" ? <Badge tone="solid">{leadTexts.statuses.unread}</Badge> : null;
}

/** The timeline remembers a name where the lead has an id only. */
function nameOfActor(lead: LeadInFull): string {
  const event = lead.timeline.findLast((each) => each.type === "message.acknowledged");
  const by = event?.data["by"];
  return typeof by === "string" ? by.split("@")[0]! : "somebody";
}

function Acknowledge({ lead, className }: { lead: LeadInFull; className?: string }) {
  const { acknowledge } = useLeadActions();
  return (
    <Tooltip label={texts.acknowledge} keys="a">
      <Button className={className} onClick={() => void acknowledge(lead.id)}>
        <Check /> {texts.acknowledge}
      </Button>
    </Tooltip>
  );
}

function HeaderActions({ lead, onOutcome }: { lead: LeadInFull; onOutcome: () => void }) {
  const actions = useLeadActions();
  const finish = useFinish(lead.id);
  const doesAdvance = useAdvance((state) => state.isOn);
  const isArchived = lead.status === "archived";
  const putAway = () => (isArchived ? void actions.unarchive(lead.id) : finish(() => actions.archive(lead.id)));
  return (
    <div className="flex shrink-0 gap-1.5">
      {isWaiting(lead) && <Acknowledge lead={lead} className="max-sm:hidden" />}
      {lead.status === "acknowledged" && (
        <Button onClick={onOutcome} className="max-sm:hidden">
          <PhoneCall /> {texts.outcome}
        </Button>
      )}
      {!isArchived && lead.type !== "reminder" && <SnoozeButton lead={lead} />}
      <Tooltip label={isArchived ? texts.unarchive : texts.archive} keys="e">
        <Button
          size="icon"
          className="max-sm:hidden"
          aria-label={isArchived ? texts.unarchive : texts.archive}
          onClick={putAway}
        >
          {isArchived ? <ArchiveRestore /> : <Archive />}
        </Button>
      </Tooltip>
      <Menu
        trigger={
          <Button size="icon" aria-label={texts.more}>
            <Ellipsis />
          </Button>
        }
      >
        {!isArchived && (
          <>
            <MenuItem onSelect={onOutcome}>
              <PhoneCall /> {texts.outcome}
            </MenuItem>
            {lead.status !== "responded" && (
              <MenuItem onSelect={() => void actions.respond(lead.id)}>
                <Reply /> {texts.respond}
              </MenuItem>
            )}
            {lead.status === "read" && (
              <MenuItem onSelect={() => void actions.unread(lead.id)}>
                <MailOpen /> {texts.unread}
              </MenuItem>
            )}
          </>
        )}
        <MenuItem onSelect={putAway}>
          {isArchived ? <ArchiveRestore /> : <Archive />} {isArchived ? texts.unarchive : texts.archive}
        </MenuItem>
        <MenuSeparator />
        <MenuCheck checked={doesAdvance} onSelect={() => setAdvance(!doesAdvance)}>
          {texts.advance}
        </MenuCheck>
      </Menu>
    </div>
  );
}
