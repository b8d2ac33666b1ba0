import { Archive, ArchiveRestore, Check, Mail, MailOpen, UserRound, UserRoundX } from "lucide-react";
import type { ReactElement } from "react";

import { Menu, MenuItem } from "@/components/ui/menu";
import { texts } from "@/features/inbox/texts";
import { useLeadActions } from "@/leads/actions";
import { isWaiting, type Lead } from "@/leads/lead";
import { currentSession } from "@/lib/session";

/** The menu of a row. */
export function RowActions({ lead, trigger }: { lead: Lead; trigger: ReactElement }) {
  const actions = useLeadActions();
  const me = currentSession()?.person.id;
  return (
    <Menu isOpenAtFirst trigger={trigger}>
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
  );
}
