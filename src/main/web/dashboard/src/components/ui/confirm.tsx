import type { ReactNode } from "react";

import { texts } from "@/components/texts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Asks before something that cannot be taken back; the button names what it does. */
export function Confirm({
  open,
  onOpenChange,
  title,
  children,
  action,
  busy = false,
  onConfirm,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  action: string;
  busy?: boolean;
  onConfirm: () => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={children}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{texts.cancel}</Button>
          <Button variant="danger" disabled={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    />
  );
}
