import { Archive, ArchiveRestore, Check, Ellipsis, Mail, MailOpen, UserRound, UserRoundX } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { texts } from "@/features/inbox/texts";
import { useLeadActions } from "@/leads/actions";
import { isWaiting, type Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { currentSession } from "@/lib/session";

/** What is done most, without opening the lead. */
export function RowMenu({ lead, tabIndex }: { lead: Lead; tabIndex: number }) {
  const actions = useLeadActions();
  const me = currentSession()?.person.id;
  return (
    <div className="absolute end-2 bottom-1.5 z-10 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-lg:opacity-100 max-md:end-0 max-md:bottom-0 has-data-[state=open]:opacity-100">
      <Menu
        trigger={
          <Button
            variant="quiet"
            size="icon-s"
            tabIndex={tabIndex}
            aria-label={texts.row.actions(nameOf(lead))}
            className="max-md:size-11"
          >
            <Ellipsis />
          </Button>
        }
      >
        {isWaiting(lead) && (
          <MenuItem onSelect={() => void actions.acknowledge(lead.id)}>
            <Check /> {texts.row.acknowledge}
          </MenuItem>
        )}
        {lead.status === "read" && (
          <MenuItem onSelect={() => void actions.unread(lead.id)}>
            <Mail /> {texts.row.unread}
          </MenuItem>
        )}
        {lead.status === "unread" && (
          <MenuItem onSelect={() => void actions.read(lead.id)}>
            <MailOpen /> {texts.row.read}
          </MenuItem>
        )}
        {lead.assignedTo === null || lead.assignedTo !== me ? (
          <MenuItem onSelect={() => void actions.assign(lead.id, me ?? null)}>
            <UserRound /> {texts.row.assignToMe}
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => void actions.assign(lead.id, null)}>
            <UserRoundX /> {texts.row.assignToNobody}
          </MenuItem>
        )}
        {lead.status === "archived" ? (
          <MenuItem onSelect={() => void actions.unarchive(lead.id)}>
            <ArchiveRestore /> {texts.row.unarchive}
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => void actions.archive(lead.id)}>
            <Archive /> {texts.row.archive}
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}
