import { Mail, MessageSquare, Phone, StickyNote } from "lucide-react";
import { useEffect, useRef } from "react";

import { Button } from "@/components/ui/button";
import { texts } from "@/features/lead/texts";
import type { WritingChannel } from "@/features/lead/channels-of";
import type { LeadInFull } from "@/leads/lead";
import { cn } from "@/lib/cn";
import { mayReceiveSms } from "@/lib/mobile";

/** The ways to a lead: the call is the greatest, or else the first way that there is. */
export function ContactBar({
  lead,
  mayReply,
  onWrite,
  onCalled,
}: {
  lead: LeadInFull;
  /** Whether anything can be written to it now. */
  mayReply: boolean;
  onWrite: (channel: WritingChannel) => void;
  onCalled: () => void;
}) {
  // Digits out of a text such as "5550 1234 after 17:30" are nobody's number: what was not understood is shown as it was typed.
  const phone = lead.contactPhoneE164;
  const called = useReturn(onCalled);
  const hasSms = mayReply && mayReceiveSms(phone);
  const hasMail = mayReply && lead.contactEmail !== null;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {!phone && lead.contactPhone && (
        <p dir="auto" className="min-w-0 flex-1 self-center text-m font-medium">
          {lead.contactPhone}
        </p>
      )}
      {phone && (
        <Button asChild variant="primary" size="l" className="flex-1 lg:h-10 lg:flex-none">
          <a href={`tel:${phone}`} onClick={called}>
            <Phone /> {texts.call}
          </a>
        </Button>
      )}
      {hasSms && (
        <Button size="l" className="max-[26rem]:px-4 lg:h-10" onClick={() => onWrite("sms")}>
          <MessageSquare /> {texts.sms}
        </Button>
      )}
      {hasMail && (
        <Button
          size="l"
          variant={phone ? "outline" : "primary"}
          aria-label={`${texts.mail} to ${lead.contactEmail}`}
          onClick={() => onWrite("email")}
          className={cn("lg:h-10 lg:flex-none", !phone && "flex-1")}
        >
          <Mail /> <span className={cn(hasSms && "max-[26rem]:sr-only")}>{texts.mail}</span>
        </Button>
      )}
      {mayReply && (
        <Button
          size="l"
          className="ms-auto max-lg:px-4 lg:h-10"
          aria-label={texts.writeNote}
          onClick={() => onWrite("note")}
        >
          <StickyNote /> <span className="max-lg:sr-only">{texts.writeNote}</span>
        </Button>
      )}
      {!lead.contactPhone && !lead.contactEmail && <p className="text-s text-soft">{texts.noPhone}</p>}
    </div>
  );
}

/** Whoever went off to call is asked how it went when they come back. */
function useReturn(onReturn: () => void): () => void {
  const isAway = useRef(false);
  const latest = useRef(onReturn);
  latest.current = onReturn;
  useEffect(() => {
    const back = () => {
      if (isAway.current && document.visibilityState === "visible" && document.hasFocus()) {
        isAway.current = false;
        latest.current();
      }
    };
    document.addEventListener("visibilitychange", back);
    window.addEventListener("focus", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("focus", back);
    };
  }, []);
  return () => {
    isAway.current = true;
  };
}
