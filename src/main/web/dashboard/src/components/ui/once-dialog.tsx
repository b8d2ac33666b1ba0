import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

const texts = {
  copy: "Copy",
  stored: "I have stored it",
  notYet: "It cannot be shown again. Store it where your system finds it, then press the button below.",
};

/** Shows a secret, this once. Only the button that says so closes it: a slip of the hand would lose it. */
export function OnceDialog({
  title,
  about,
  secret,
  children,
  onClose,
}: {
  title: string;
  /** Why it is to be stored, and where. */
  about: string;
  secret: string;
  /** How it is used. */
  children?: ReactNode;
  onClose: () => void;
}) {
  const [isHeld, setHeld] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && setHeld(true)}
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          {texts.stored}
        </Button>
      }
    >
      <p className="flex gap-3 rounded-m bg-warn-soft p-3 text-s text-warn">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" />
        {about}
      </p>
      <div className="grid justify-items-start gap-3 rounded-m bg-sunken p-3">
        <code className="text-s break-all select-all">{secret}</code>
        <CopyButton text={secret} label={texts.copy} />
      </div>
      {children}
      {isHeld && (
        <p role="alert" className="text-s text-danger">
          {texts.notYet}
        </p>
      )}
    </Dialog>
  );
}
