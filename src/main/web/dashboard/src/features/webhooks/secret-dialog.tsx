import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { texts } from "@/features/webhooks/texts";

/** Shows a new signing secret, this once: it goes only when somebody says that they have it. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.secretTitle}
      description={texts.secretOnce}
      footer={
        <Button variant="primary" onClick={onClose}>
          {texts.stored}
        </Button>
      }
    >
      <div className="flex items-center gap-3 rounded-m bg-sunken p-3">
        <code className="min-w-0 flex-1 text-s break-all select-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
    </Dialog>
  );
}
