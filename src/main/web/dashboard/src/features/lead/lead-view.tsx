import { useRef, useState } from "react";

import { KeysHeld } from "@/components/ui/keys-held";
import { late, LatePlace } from "@/components/ui/late";
import { Panel } from "@/components/ui/page";
import { Waiting } from "@/components/ui/states";
import { AboutLead } from "@/features/lead/about-lead";
import { CallOutcomeDialog } from "@/features/lead/call-outcome-dialog";
import { ContactBar } from "@/features/lead/contact-bar";
import { Deliveries } from "@/features/lead/deliveries";
import { HeldNotice } from "@/features/lead/held-notice";
import { LeadHeader } from "@/features/lead/lead-header";
import { LeadSide } from "@/features/lead/lead-side";
import { Thread } from "@/features/lead/thread";
import { Timeline } from "@/features/lead/timeline";
import { texts } from "@/features/lead/texts";
import { useLeadShortcuts } from "@/features/lead/use-lead-shortcuts";
import { useMarkRead } from "@/features/lead/use-mark-read";
import type { LeadInFull } from "@/leads/lead";
import { mayWrite } from "@/lib/session";

const ReplyComposer = late(async () => (await import("@/features/lead/reply-composer")).ReplyComposer);

/** One lead with all that is known of it and all that can be done. */
export function LeadView({ lead }: { lead: LeadInFull }) {
  const [isAsking, setAsking] = useState(false);
  const [isReplying, setReplying] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const tagField = useRef<HTMLInputElement>(null);
  const isHeld = lead.quarantinedAt !== null;
  const mayReply = mayWrite() && !isHeld && lead.status !== "archived" && (lead.contactEmail || lead.contactPhoneE164);

  useMarkRead(lead);
  useLeadShortcuts(lead, {
    reply: () => setReplying(true),
    note: () => noteField.current?.focus(),
    tag: () => tagField.current?.focus(),
    outcome: () => setAsking(true),
  });

  return (
    <article aria-label={texts.details} className="flex min-h-full flex-col">
      <LeadHeader lead={lead} onOutcome={() => setAsking(true)} />
      <div className="grid flex-1 grid-cols-1 content-start gap-4 p-3 pb-6 md:p-5 2xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          {isHeld && <HeldNotice lead={lead} />}
          <AboutLead lead={lead} />
          <Panel
            title={texts.conversation}
            actions={
              mayReply &&
              !isReplying && (
                <button type="button" className="text-s font-medium text-accent" onClick={() => setReplying(true)}>
                  {texts.reply}
                </button>
              )
            }
          >
            <Thread lead={lead} />
            {mayReply && isReplying && (
              <LatePlace
                fallback={
                  <>
                    <Waiting rows={2} />
                    <KeysHeld onEscape={() => setReplying(false)} />
                  </>
                }
                onFailed={() => setReplying(false)}
              >
                <ReplyComposer lead={lead} onClose={() => setReplying(false)} />
              </LatePlace>
            )}
          </Panel>
          <Panel title={texts.deliveries}>
            <Deliveries lead={lead} />
          </Panel>
        </div>
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          <LeadSide lead={lead} noteField={noteField} tagField={tagField} />
          <Panel title={texts.timeline}>
            <Timeline lead={lead} />
          </Panel>
        </div>
      </div>
      {!isReplying && (
        <ContactBar
          lead={lead}
          onReply={() => setReplying(true)}
          onCalled={() => mayWrite() && !isHeld && setAsking(true)}
          className="sticky bottom-0 z-20 border-t border-line bg-surface p-2 lg:hidden"
        />
      )}
      {isAsking && <CallOutcomeDialog lead={lead} onClose={() => setAsking(false)} />}
    </article>
  );
}
