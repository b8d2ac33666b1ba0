import { ShieldAlert } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { texts } from "@/features/lead/texts";
import { useLeadActions } from "@/leads/actions";
import type { LeadInFull } from "@/leads/lead";
import { mayWrite } from "@/lib/session";

/** Why a lead is held, and the two ways out. */
export function HeldNotice({ lead }: { lead: LeadInFull }) {
  const { release, discard } = useLeadActions();
  const [isSure, setSure] = useState(false);
  return (
    <section className="grid gap-3 rounded-l border border-warn/50 bg-warn-soft p-4">
      <h2 className="flex items-center gap-2 font-semibold text-warn">
        <ShieldAlert className="size-5" /> {texts.held.title}
      </h2>
      <p className="text-s">
        {lead.quarantineReason && (texts.reasons[lead.quarantineReason] ?? `${lead.quarantineReason}.`)}{" "}
        {texts.held.about}
      </p>
      {mayWrite() && (
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={() => void release(lead.id)}>
            {texts.held.release}
          </Button>
          <Button variant="danger" onClick={() => setSure(true)}>
            {texts.held.discard}
          </Button>
        </div>
      )}
      <Confirm
        open={isSure}
        onOpenChange={setSure}
        title={texts.discardTitle}
        action={texts.discardIt}
        onConfirm={() => {
          setSure(false);
          void discard(lead.id);
        }}
      >
        {texts.discardAbout}
      </Confirm>
    </section>
  );
}
