import { useQuery } from "@tanstack/react-query";

import { Panel } from "@/components/ui/page";
import { texts } from "@/features/channels/texts";
import { answered, api, type components } from "@/lib/api";
import { type Channel, useChannelName } from "@/lib/channels";
import { cn } from "@/lib/cn";
import { dayOfUtc } from "@/lib/format";

type Usage = components["schemas"]["UsageOfPeriod"];

const WARN_AT = 0.8;

/** How much of its SMS budget the business has used; nothing where it neither sends SMS nor has a budget that could end. */
export function SmsUsage({ sms }: { sms: Channel }) {
  const usage = useQuery({
    queryKey: ["usage"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/usage", { signal })),
    staleTime: 60_000,
  });
  const nameOf = useChannelName();
  // The page is of use without it, and a banner says when the service cannot be reached.
  if (!usage.data) {
    return null;
  }
  const { day, month, currency } = usage.data.sms;
  if (month.parts === 0 && day.budget === null && month.budget === null) {
    return null;
  }
  const fullest = share(day) > share(month) ? day : month;
  const isSpent = fullest.remaining === 0;
  const isUrgentOnly = !isSpent && fullest.remaining !== null && fullest.remaining <= (fullest.reserve ?? 0);
  const isLow = isSpent || isUrgentOnly || share(fullest) >= WARN_AT;
  const again = texts.again(fullest === day, dayOfUtc(fullest.endsAt));
  return (
    <Panel title={texts.usage}>
      <div className="grid gap-2 p-4 text-s">
        <p>{texts.used(month, currency, dayOfUtc(month.endsAt))}</p>
        {month.budget !== null && <Meter usage={month} name={texts.usage} />}
        {day.budget !== null && share(day) >= WARN_AT && (
          <>
            <p>{texts.usedToday(day.parts, day.budget)}</p>
            <Meter usage={day} name={texts.today} />
          </>
        )}
        {isLow && (
          <p role="status" className={cn("font-medium", isSpent ? "text-danger" : "text-warn")}>
            {isSpent
              ? texts.spent(sms.fallbacks.map(nameOf), again)
              : isUrgentOnly
                ? texts.urgentOnly(fullest.remaining ?? 0, again)
                : texts.low}
          </p>
        )}
      </div>
    </Panel>
  );
}

function Meter({ usage, name }: { usage: Usage; name: string }) {
  const part = share(usage);
  return (
    <div
      role="meter"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={usage.budget ?? 0}
      aria-valuenow={Math.min(usage.parts, usage.budget ?? 0)}
      className="h-2 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={cn("h-full", part >= 1 ? "bg-danger" : part >= WARN_AT ? "bg-warn" : "bg-accent")}
        style={{ width: `${Math.min(100, 100 * part)}%` }}
      />
    </div>
  );
}

/** Of a budget, from 0 to 1 and beyond where the operator lowered it meanwhile. */
function share({ parts, budget }: Usage): number {
  return budget === null ? 0 : parts / budget;
}
