import { Confirm } from "@/components/ui/confirm";
import { texts } from "@/features/inbox/texts";

export function DiscardDialog({
  name,
  onClose,
  onConfirm,
}: {
  name: string;
  onClose: () => void;
  onConfirm: () => void;
}) {
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.discard.title(name)}
      action={texts.discard.action}
      onConfirm={onConfirm}
    >
      {texts.discard.about}
    </Confirm>
  );
}
