import { ChevronRight } from "lucide-react";
import { useState } from "react";

import { Attempts } from "@/components/delivery/attempts";
import { DeliveryBadge } from "@/components/delivery/delivery-badge";
import { Button } from "@/components/ui/button";
import { texts } from "@/features/webhooks/texts";
import type { Delivery } from "@/leads/lead";
import { moment } from "@/lib/format";
import { cn } from "@/lib/cn";

const MAY_BE_SENT_AGAIN: ReadonlySet<Delivery["state"]> = new Set([
  "failed",
  "unknown",
  "cancelled",
  "sent",
  "delivered",
]);

/** One delivery of the log; opened, its calls. */
export function LogRow({ delivery, retry }: { delivery: Delivery; retry: (() => void) | undefined }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <div className="flex items-center gap-3 px-4 py-2">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex min-h-9 min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 text-start text-s"
        >
          <ChevronRight
            className={cn("size-4 text-soft transition-transform rtl:rotate-180", isOpen && "rotate-90 rtl:rotate-90")}
          />
          <DeliveryBadge delivery={delivery} />
          <time dateTime={delivery.createdAt} className="tabular text-soft">
            {moment(delivery.createdAt)}
          </time>
          <span className="text-soft">{delivery.cause}</span>
          {delivery.lastError && <span className="min-w-0 truncate text-danger">{delivery.lastError}</span>}
        </button>
        {retry && MAY_BE_SENT_AGAIN.has(delivery.state) && (
          <Button size="s" onClick={retry}>
            {texts.sendAgainNow}
          </Button>
        )}
      </div>
      {isOpen && <Attempts delivery={delivery} className="border-t border-line bg-sunken/50 px-4 py-3 sm:ps-11" />}
    </li>
  );
}
