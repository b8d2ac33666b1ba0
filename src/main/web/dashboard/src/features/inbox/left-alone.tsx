import { Link } from "@tanstack/react-router";

import { Dialog } from "@/components/ui/dialog";
import type { LeftOne } from "@/features/inbox/bulk";
import { texts } from "@/features/inbox/texts";

const MOST = 100;

/** Those of many that could not be changed, by name, and why. */
export function LeftAlone({ left, onClose }: { left: readonly LeftOne[]; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.leftAlone(left.length)}
      description={texts.leftAloneAbout}
    >
      <ul className="grid gap-2 text-s">
        {left.slice(0, MOST).map(({ id, name, detail }) => (
          <li key={id}>
            <Link
              to="/inbox/$leadId"
              params={{ leadId: id }}
              search={(before) => before as never}
              onClick={onClose}
              className="font-semibold underline underline-offset-4"
            >
              {name ?? texts.leftUnknown}
            </Link>
            : {detail}
          </li>
        ))}
        {left.length > MOST && <li className="text-soft">{texts.leftMore(left.length - MOST)}</li>}
      </ul>
    </Dialog>
  );
}
