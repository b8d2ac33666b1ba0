import { TriangleAlert } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { texts } from "@/features/api-keys/texts";

/** Shows a key, this once. Only the button that says so closes it: a slip of the hand would lose the key. */
export function KeyDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [isHeld, setHeld] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && setHeld(true)}
      title={texts.keyTitle}
      footer={
        <Button variant="primary" onClick={onClose}>
          {texts.stored}
        </Button>
      }
    >
      <p className="flex gap-3 rounded-m bg-warn-soft p-3 text-s text-warn">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" />
        {texts.keyOnce}
      </p>
      <div className="grid justify-items-start gap-3 rounded-m bg-sunken p-3">
        <code className="text-s break-all select-all">{secret}</code>
        <CopyButton text={secret} label={texts.copy} />
      </div>
      <p className="text-s text-soft">
        {texts.keyUse} <code className="block">Authorization: Bearer {secret.slice(0, 8)}…</code>
      </p>
      {isHeld && (
        <p role="alert" className="text-s text-danger">
          {texts.notYet}
        </p>
      )}
    </Dialog>
  );
}
