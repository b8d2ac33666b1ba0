import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { SecretDialog } from "@/features/webhooks/secret-dialog";
import type { Subscription } from "@/features/webhooks/texts";
import { texts } from "@/features/webhooks/texts";
import { useWebhookActions } from "@/features/webhooks/use-webhook-actions";

const OVERLAPS = ["P1D", "P2D", "P7D", "0"] as const;

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
      title={texts.rotateTitle}
      description={texts.rotateAbout}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            variant="primary"
            disabled={rotate.isPending}
            onClick={() => rotate.mutate(overlap === "0" ? 0 : overlap)}
          >
            {texts.rotate}
          </Button>
        </>
      }
    >
      <Field label={texts.overlap}>
        <Select value={overlap} onChange={(event) => setOverlap(event.target.value)}>
          {OVERLAPS.map((value) => (
            <option key={value} value={value}>
              {texts.overlaps[value]}
            </option>
          ))}
        </Select>
      </Field>
    </Dialog>
  );
}
