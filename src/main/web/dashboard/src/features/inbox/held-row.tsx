import { ShieldAlert } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { late, LatePlace } from "@/components/ui/late";
import { texts } from "@/features/inbox/texts";
import { useLeadActions } from "@/leads/actions";
import type { Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";

const DiscardDialog = late(async () => (await import("@/features/inbox/discard-dialog")).DiscardDialog);

/** Why a lead is held. */
export function HeldReason({ lead: { quarantineReason } }: { lead: Lead }) {
  const reason = quarantineReason ? (texts.held[quarantineReason] ?? quarantineReason) : texts.heldUnknown;
  return (
    <span title={reason} className="flex min-w-0 items-center gap-1 text-xs font-medium text-warn [&_svg]:size-3.5">
      <ShieldAlert className="shrink-0" /> <span className="truncate">{reason}</span>
    </span>
  );
}

/** The two ways out of quarantine. */
export function HeldActions({ lead, tabIndex }: { lead: Lead; tabIndex: number }) {
  const actions = useLeadActions();
  const [isSure, setSure] = useState(false);
  const name = nameOf(lead);
  return (
    <div className="absolute end-2 bottom-1.5 z-10 flex gap-1.5">
      <Button
        size="s"
        tabIndex={tabIndex}
        aria-label={texts.row.release(name)}
        onClick={() => void actions.release(lead.id)}
      >
        {texts.row.releaseShort}
      </Button>
      <Button
        variant="danger"
        size="s"
        tabIndex={tabIndex}
        aria-label={texts.row.discard(name)}
        onClick={() => setSure(true)}
      >
        {texts.row.discardShort}
      </Button>
      {isSure && (
        <LatePlace onFailed={() => setSure(false)}>
          <DiscardDialog
            name={name}
            onClose={() => setSure(false)}
            onConfirm={() => {
              setSure(false);
              void actions.discard(lead.id);
            }}
          />
        </LatePlace>
      )}
    </div>
  );
}
