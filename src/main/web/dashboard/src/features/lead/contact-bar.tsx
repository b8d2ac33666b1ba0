import { Mail, MessageSquare, Phone } from "lucide-react";
import { useEffect, useRef } from "react";

import { Button } from "@/components/ui/button";
import { texts } from "@/features/lead/texts";
import type { LeadInFull } from "@/leads/lead";
import { cn } from "@/lib/cn";

/** The ways to a lead, the greatest being the call. */
export function ContactBar({
  lead,
  onReply,
  onCalled,
  className,
}: {
  lead: LeadInFull;
  onReply: () => void;
  onCalled: () => void;
  className?: string;
}) {
  // Digits out of a text such as "5550 1234 after 17:30" are nobody's number: what was not understood is shown as it was typed.
  const phone = lead.contactPhoneE164;
  const called = useReturn(onCalled);
  if (!lead.contactPhone && !lead.contactEmail) {
    return <p className={cn("text-center text-s text-soft", className)}>{texts.noPhone}</p>;
  }
  return (
    <div className={cn("flex min-w-0 gap-2", className)}>
      {!phone && lead.contactPhone && (
        <p dir="auto" className="min-w-0 flex-1 self-center text-m font-medium">
          {lead.contactPhone}
        </p>
      )}
      {phone && (
        <Button asChild variant="primary" size="l" className="flex-1">
          <a href={`tel:${phone}`} onClick={called}>
            <Phone /> {texts.call}
          </a>
        </Button>
      )}
      {phone && (
        <Button asChild size="l">
          <a href={`sms:${phone}`}>
            <MessageSquare /> {texts.sms}
          </a>
        </Button>
      )}
      {lead.contactEmail && (
        <Button
          size="l"
          aria-label={`${texts.mail} to ${lead.contactEmail}`}
          onClick={onReply}
          className={cn(!lead.contactPhone && "flex-1")}
        >
          <Mail /> <span className={cn(lead.contactPhone && "max-[26rem]:sr-only lg:sr-only")}>{texts.mail}</span>
        </Button>
      )}
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
