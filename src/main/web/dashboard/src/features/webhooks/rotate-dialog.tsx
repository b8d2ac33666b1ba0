import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { SecretDialog } from "@/features/webhooks/secret-dialog";
import type { Subscription } from "@/features/webhooks/texts";
import { useWebhookActions } from "@/features/webhooks/use-webhook-actions";

const OVERLAPS = [
  { value: "P1D", label: "A day to change over" },
  { value: "P2D", label: "Two days to change over" },
  { value: "P7D", label: "A week to change over" },
  { value: "0", label: "None: the old one has leaked and ends now" },
] as const;

/** Makes a new signing secret; for a while calls are signed with both. */
export function RotateDialog({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const { rotate } = useWebhookActions(subscription.id);
  const [overlap, setOverlap] = useState<string>("P1D");
  if (rotate.data?.secret) {
    return <SecretDialog secret={rotate.data.secret} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="A new signing secret"
      description="Until the old one ends, each call bears a signature of both: change your endpoint at any moment in between."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={rotate.isPending}
            onClick={() => rotate.mutate(overlap === "0" ? 0 : overlap)}
          >
            Make a new one
          </Button>
        </>
      }
    >
      <Field label="How long the old one stays">
        <Select value={overlap} onChange={(event) => setOverlap(event.target.value)}>
          {OVERLAPS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
    </Dialog>
  );
}
