import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { ListChecks, RotateCw } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { LogRow } from "@/features/webhooks/log-row";
import { logQuery, webhookKeys } from "@/features/webhooks/queries";
import { ReplayDialog } from "@/features/webhooks/replay-dialog";
import { texts } from "@/features/webhooks/texts";
import type { DeliveryState } from "@/leads/lead";
import { leadTexts } from "@/leads/texts";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { mayWrite } from "@/lib/session";

const STATES = Object.keys(leadTexts.deliveryStates) as DeliveryState[];

/** Every call to an endpoint, with what was asked and answered. */
export function DeliveryLog({ subscriptionId }: { subscriptionId: string }) {
  const [state, setState] = useState<DeliveryState>();
  const [isReplaying, setReplaying] = useState(false);
  const log = useInfiniteQuery(logQuery(subscriptionId, state));
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: (id: string) => answered(api.POST("/api/deliveries/{id}/retry", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: webhookKeys.log(subscriptionId) }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel
      title={texts.deliveryLog}
      actions={
        <div className="flex flex-wrap gap-2">
          <Select
            aria-label={texts.state}
            className="h-8 w-auto text-s"
            value={state ?? ""}
            onChange={(event) => setState((event.target.value || undefined) as DeliveryState | undefined)}
          >
            <option value="">{texts.allStates}</option>
            {STATES.map((each) => (
              <option key={each} value={each}>
                {leadTexts.deliveryStates[each]}
              </option>
            ))}
          </Select>
          {mayWrite() && (
            <Button size="s" onClick={() => setReplaying(true)}>
              <RotateCw /> {texts.sendAgain}
            </Button>
          )}
        </div>
      }
    >
      {log.isPending ? (
        <Waiting />
      ) : log.isError ? (
        <Failed error={log.error} retry={() => void log.refetch()} />
      ) : rows.length === 0 ? (
        <Empty icon={ListChecks} title={state ? texts.noneFound : texts.noRequests}>
          {!state && <p>{texts.noRequestsAbout}</p>}
        </Empty>
      ) : (
        <>
          <ul className="divide-y divide-line">
            {rows.map((each) => (
              <LogRow key={each.id} delivery={each} retry={mayWrite() ? () => retry.mutate(each.id) : undefined} />
            ))}
          </ul>
          {log.hasNextPage && (
            <div className="border-t border-line p-3 text-center">
              <Button size="s" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                {log.isFetchingNextPage ? texts.loading : texts.showOlderOnes}
              </Button>
            </div>
          )}
        </>
      )}
      {isReplaying && (
        <ReplayDialog subscriptionId={subscriptionId} state={state} onClose={() => setReplaying(false)} />
      )}
    </Panel>
  );
}
