import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";

import { Attempts } from "@/components/delivery/attempts";
import { DeliveryBadge } from "@/components/delivery/delivery-badge";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { texts } from "@/features/lead/texts";
import type { Delivery, LeadInFull } from "@/leads/lead";
import { useMemberName } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { answered, api, reason } from "@/lib/api";
import { useChannelName } from "@/lib/channels";
import { cn } from "@/lib/cn";
import { relative } from "@/lib/format";
import { notify } from "@/lib/notify";
import { mayWrite } from "@/lib/session";

const TONES: Record<string, BadgeTone> = { email: "email", sms: "sms", webhook: "webhook" };

/** Who was told of the lead, by which way, and what became of it. */
export function Deliveries({ lead }: { lead: LeadInFull }) {
  const client = useQueryClient();
  const settled = {
    onSuccess: () => client.invalidateQueries({ queryKey: leadKeys.detail(lead.id) }),
    onError: (error: Error) => void notify({ title: reason(error), tone: "danger" }),
  };
  const path = (id: string) => ({ params: { path: { id } } });
  const retry = useMutation({
    mutationFn: (id: string) => answered(api.POST("/api/deliveries/{id}/retry", path(id))),
    ...settled,
  });
  const cancel = useMutation({
    mutationFn: (id: string) =>
      answered(api.POST("/api/deliveries/{id}/cancel", { ...path(id), body: { reason: "Not needed any more" } })),
    ...settled,
  });
  if (lead.deliveries.length === 0) {
    return <p className="p-4 text-s text-soft">{texts.noDeliveries}</p>;
  }
  return (
    <ul className="divide-y divide-line">
      {lead.deliveries.map((each) => (
        <DeliveryRow
          key={each.id}
          delivery={each}
          onRetry={() => retry.mutate(each.id)}
          onCancel={() => cancel.mutate(each.id)}
        />
      ))}
    </ul>
  );
}

function DeliveryRow({
  delivery,
  onRetry,
  onCancel,
}: {
  delivery: Delivery;
  onRetry: () => void;
  onCancel: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const { channel } = delivery;
  const nameOf = useChannelName();
  const memberName = useMemberName();
  return (
    <li>
      <div className="flex items-center gap-2 pe-3">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex min-h-12 min-w-0 flex-1 items-start gap-2 px-4 py-3 text-start text-s"
        >
          <ChevronRight
            className={cn(
              "mt-0.5 size-4 shrink-0 text-soft transition-transform rtl:rotate-180",
              isOpen && "rotate-90 rtl:rotate-90",
            )}
          />
          <span className="grid min-w-0 gap-1">
            <span className="flex flex-wrap gap-2">
              <Badge tone={TONES[channel] ?? "neutral"}>{nameOf(channel)}</Badge>
              <DeliveryBadge delivery={delivery} />
            </span>
            <span className="flex flex-wrap gap-x-3">
              {delivery.memberId && <span>{texts.toMember(memberName(delivery.memberId))}</span>}
              {delivery.recipient && (
                <span dir="ltr" className="wrap-anywhere">
                  {delivery.recipient}
                </span>
              )}
              <span className="wrap-anywhere text-soft">{inWords(delivery)}</span>
            </span>
          </span>
        </button>
        {mayWrite() && (delivery.state === "failed" || delivery.state === "unknown") && (
          <Button size="s" onClick={onRetry}>
            {texts.tryAgain}
          </Button>
        )}
        {mayWrite() && delivery.heldReason === "quiet hours" && (
          <Button size="s" onClick={onRetry}>
            {texts.sendNow}
          </Button>
        )}
        {mayWrite() && delivery.state === "pending" && delivery.attempts > 0 && (
          <Button size="s" onClick={onCancel}>
            {texts.cancel}
          </Button>
        )}
      </div>
      {isOpen && <Attempts delivery={delivery} className="border-t border-line bg-sunken/50 px-4 py-3" />}
    </li>
  );
}

function inWords(delivery: Delivery): string {
  const how = standing(delivery);
  return delivery.cause === "reply" ? `${texts.aReply} ${how}` : how;
}

function standing({ state, nextAttemptAt, attempts, heldReason, endedAt, updatedAt, lastError }: Delivery): string {
  switch (state) {
    case "pending":
      return attempts > 0 && nextAttemptAt ? texts.againAt(lastError ?? texts.didNotWork, nextAttemptAt) : "";
    case "held":
      if (heldReason === "quiet hours" && nextAttemptAt) {
        return texts.quietUntil(nextAttemptAt);
      }
      return texts.heldBecause(heldReason ? (texts.heldReasons[heldReason] ?? heldReason) : "");
    case "failed":
    case "unknown":
    case "cancelled":
      return lastError ?? "";
    default:
      return relative(endedAt ?? updatedAt);
  }
}
