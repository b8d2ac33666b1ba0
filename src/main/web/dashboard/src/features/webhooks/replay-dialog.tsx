import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { webhookKeys } from "@/features/webhooks/queries";
import { texts } from "@/features/webhooks/texts";
import type { DeliveryState } from "@/leads/lead";
import { answered, api, reason } from "@/lib/api";
import { number } from "@/lib/format";
import { notify } from "@/lib/notify";

const REPLAYABLE: readonly DeliveryState[] = ["failed", "unknown", "cancelled", "sent", "delivered"];
const SINCE = [1, 24, 168, 0];

/** Sends many again: says how many they are before, and at which pace. */
export function ReplayDialog({
  subscriptionId,
  state,
  onClose,
}: {
  subscriptionId: string;
  state: DeliveryState | undefined;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [which, setWhich] = useState<DeliveryState>(state && REPLAYABLE.includes(state) ? state : "failed");
  const [hours, setHours] = useState(24);
  const [perMinute, setPerMinute] = useState(60);
  const [from] = useState(Date.now);
  const query = {
    target: subscriptionId,
    state: [which],
    ...(hours > 0 && { newerThan: new Date(from - hours * 3_600_000).toISOString() }),
  };
  const count = useQuery({
    queryKey: [...webhookKeys.log(subscriptionId), "count", query],
    queryFn: ({ signal }) => answered(api.GET("/api/deliveries/count", { params: { query }, signal })),
    staleTime: 0,
  });
  const replay = useMutation({
    mutationFn: (expectedCount: number) =>
      answered(api.POST("/api/deliveries/replay", { params: { query }, body: { expectedCount, perMinute } })),
    onSuccess: ({ changed, remaining }) => {
      notify({
        title: `${number(changed)} sent again${remaining > 0 ? `, ${number(remaining)} left: ask once more for them` : ""}.`,
        tone: "good",
      });
      void client.invalidateQueries({ queryKey: webhookKeys.log(subscriptionId) });
      onClose();
    },
    // Somebody or something was faster: the count is asked anew.
    onError: () => void count.refetch(),
  });
  const matching = count.data?.count ?? 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.replayTitle}
      description={texts.replayAbout}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            variant="primary"
            disabled={matching === 0 || count.isFetching || replay.isPending}
            onClick={() => replay.mutate(matching)}
          >
            {texts.sendCount(matching)}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={texts.state}>
          <Select value={which} onChange={(event) => setWhich(event.target.value as DeliveryState)}>
            {REPLAYABLE.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </Field>
        <Field label={texts.of}>
          <Select value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {SINCE.map((value) => (
              <option key={value} value={value}>
                {texts.reach[value]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={texts.requestsAMinute}>
          <Input
            type="number"
            min={1}
            max={60_000}
            value={perMinute}
            onChange={(e) => setPerMinute(e.target.valueAsNumber)}
          />
        </Field>
      </div>
      <p role="status" className="text-s">
        {count.isError ? reason(count.error) : count.isPending ? texts.counting : `${number(matching)} match.`}
      </p>
      {replay.isError && (
        <p role="alert" className="text-s text-danger">
          {reason(replay.error)}
        </p>
      )}
    </Dialog>
  );
}
