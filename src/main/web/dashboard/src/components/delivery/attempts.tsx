import { useQuery } from "@tanstack/react-query";

import { texts } from "@/components/texts";
import { Failed, Waiting } from "@/components/ui/states";
import type { Delivery } from "@/leads/lead";
import { answered, api, type components } from "@/lib/api";
import { cn } from "@/lib/cn";
import { moment, number } from "@/lib/format";

type Attempt = components["schemas"]["Attempts"]["items"][number];
type Receipt = components["schemas"]["Attempts"]["receipts"][number];

/** Every call that was made for a delivery, with what the far end answered. */
export function Attempts({ delivery, className }: { delivery: Delivery; className?: string }) {
  const { id } = delivery;
  const attempts = useQuery({
    queryKey: ["attempts", id, delivery.attempts, delivery.state],
    queryFn: ({ signal }) => answered(api.GET("/api/deliveries/{id}/attempts", { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });
  if (attempts.isPending) {
    return <Waiting rows={1} className={className ?? ""} />;
  }
  if (attempts.isError) {
    return <Failed error={attempts.error} retry={() => void attempts.refetch()} />;
  }
  return (
    <div className={cn("grid grid-cols-1 gap-3 text-s", className)}>
      {attempts.data.items.length === 0 && <p className="text-soft">{texts.noAttempts}</p>}
      {attempts.data.request && <SentRequest request={attempts.data.request} />}
      <ol className="grid grid-cols-1 gap-3">
        {attempts.data.items.map((each) => (
          <AttemptRow key={`${each.attempt}-${each.startedAt}`} attempt={each} />
        ))}
      </ol>
      {attempts.data.receipts.length > 0 && <Receipts receipts={attempts.data.receipts} />}
      {delivery.nextAttemptAt && delivery.state === "pending" && (
        <p className="text-soft">{texts.nextAttempt(delivery.nextAttemptAt)}</p>
      )}
      <p className="text-xs text-soft">{texts.sameId(id)}</p>
    </div>
  );
}

/** What is posted to a webhook; the same on every attempt but for its signature. */
function SentRequest({ request }: { request: NonNullable<components["schemas"]["Attempts"]["request"]> }) {
  const { method, url, headers, body } = request;
  return (
    <details>
      <summary className="cursor-pointer text-accent">{texts.whatIsSent}</summary>
      <pre tabIndex={0} className="mt-2 max-h-72 overflow-auto rounded-m bg-sunken p-3 text-xs">
        {[
          `${method} ${url ?? ""}`,
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
          "",
          body === null ? texts.erased : JSON.stringify(body, undefined, 2),
        ].join("\n")}
      </pre>
    </details>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const { startedAt, durationMs, statusCode, provider, recipient, error, answer } = attempt;
  return (
    <li className="grid grid-cols-1 gap-1">
      <p className="flex flex-wrap gap-x-3">
        <span className="font-medium">{texts.attempt(attempt.attempt)}</span>
        <time dateTime={startedAt} className="tabular text-soft">
          {moment(startedAt)}
        </time>
        {durationMs !== null && <span className="tabular text-soft">{number(durationMs)} ms</span>}
        {provider && <span className="text-soft">{provider}</span>}
        {recipient && <span className="text-soft">{recipient}</span>}
        {statusCode !== null && <span className="tabular">{texts.answered(statusCode)}</span>}
      </p>
      {error && <p className="text-danger">{error}</p>}
      {answer && (
        <pre tabIndex={0} className="max-h-48 overflow-auto rounded-m bg-sunken p-3 text-xs whitespace-pre-wrap">
          {answer}
        </pre>
      )}
    </li>
  );
}

/** What the provider reported after it had accepted the delivery. */
function Receipts({ receipts }: { receipts: Receipt[] }) {
  return (
    <ul aria-label={texts.reported} className="grid grid-cols-1 gap-1">
      {receipts.map(({ event, at, provider, detail }) => (
        <li key={`${event}-${at}`} className="flex flex-wrap gap-x-3">
          <span className="font-medium">{texts.receipts[event] ?? event}</span>
          <time dateTime={at} className="tabular text-soft">
            {moment(at)}
          </time>
          <span className="text-soft">{provider}</span>
          {detail && <span>{detail}</span>}
        </li>
      ))}
    </ul>
  );
}
