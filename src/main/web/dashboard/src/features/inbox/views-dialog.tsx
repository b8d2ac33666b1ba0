import { Dialog } from "@/components/ui/dialog";
import { texts } from "@/features/inbox/texts";
import { ViewsNav } from "@/features/inbox/views-nav";

/** The views, where there is no room for a side bar. */
export function ViewsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={texts.viewsList}>
      <ViewsNav onChosen={onClose} />
    </Dialog>
  );
}
