import { useEffect, useRef, useState } from "react";

import { KeysHeld } from "@/components/ui/keys-held";
import { late, LatePlace } from "@/components/ui/late";
import { Waiting } from "@/components/ui/states";
import { AboutLead } from "@/features/lead/about-lead";
import { CallOutcomeDialog } from "@/features/lead/call-outcome-dialog";
import { channelsOf, type WritingChannel } from "@/features/lead/channels-of";
import { ContactBar } from "@/features/lead/contact-bar";
import { HeldNotice } from "@/features/lead/held-notice";
import { LeadHeader } from "@/features/lead/lead-header";
import { LeadSide } from "@/features/lead/lead-side";
import { Others } from "@/features/lead/others";
import { Story } from "@/features/lead/story";
import { texts } from "@/features/lead/texts";
import { useLeadShortcuts } from "@/features/lead/use-lead-shortcuts";
import { useMarkRead } from "@/features/lead/use-mark-read";
import type { LeadInFull } from "@/leads/lead";
import { useAnnouncePresence } from "@/leads/presence";
import { mayWrite } from "@/lib/session";

const Composer = late(async () => (await import("@/features/lead/composer")).Composer);

/** One lead: what it wants, its timeline, what is known of it, and at the foot the ways to answer. */
export function LeadView({ lead }: { lead: LeadInFull }) {
  const [isAsking, setAsking] = useState(false);
  const [writing, setWriting] = useState<WritingChannel>();
  const tagField = useRef<HTMLInputElement>(null);
  const isHeld = lead.quarantinedAt !== null;
  const mayReply = mayWrite() && !isHeld && lead.status !== "archived";
  const channel = mayReply ? writing : undefined;
  const article = useRef<HTMLElement>(null);
  const close = () => {
    setWriting(undefined);
    // The field that had the focus goes: keys are for the lead again.
    article.current?.focus({ preventScroll: true });
  };
  useEffect(() => {
    // The row or dialog that had the focus may have gone with the lead before. The list comes first: its next row takes it where it is shown.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) {
        article.current?.focus({ preventScroll: true });
      }
    }, 100);
    return () => clearTimeout(timer);
  }, []);

  useMarkRead(lead);
  useAnnouncePresence(lead.id, channel !== undefined && channel !== "note");
  useLeadShortcuts(lead, {
    reply: () => setWriting(channelsOf(lead)[0]),
    note: () => setWriting("note"),
    tag: () => tagField.current?.focus(),
    outcome: () => setAsking(true),
  });

  return (
    <article ref={article} tabIndex={-1} aria-label={texts.details} className="flex min-h-full flex-col outline-none">
      <LeadHeader lead={lead} onOutcome={() => setAsking(true)} />
      <div className="grid flex-1 grid-cols-1 content-start gap-4 p-3 pb-6 md:p-5 2xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          {isHeld && <HeldNotice lead={lead} />}
          <AboutLead lead={lead} />
        </div>
        <div className="min-w-0 2xl:row-span-2">
          <LeadSide lead={lead} tagField={tagField} />
        </div>
        <Story lead={lead} />
      </div>
      <div className="sticky bottom-0 z-20 grid gap-2 border-t border-line bg-surface p-2 md:px-5 md:py-3">
        <Others leadId={lead.id} />
        {channel ? (
          <LatePlace
            fallback={
              <>
                <Waiting rows={2} />
                <KeysHeld onEscape={close} />
              </>
            }
            onFailed={close}
          >
            <Composer lead={lead} channel={channel} onChannel={setWriting} onClose={close} />
          </LatePlace>
        ) : (
          <ContactBar
            lead={lead}
            mayReply={mayReply}
            onWrite={setWriting}
            onCalled={() => mayWrite() && !isHeld && setAsking(true)}
          />
        )}
      </div>
      {isAsking && <CallOutcomeDialog lead={lead} onClose={() => setAsking(false)} />}
    </article>
  );
}
