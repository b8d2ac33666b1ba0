import { Lock } from "lucide-react";

import { texts } from "@/components/texts";
import { Empty } from "@/components/ui/states";

/** What stands on a page that the person's role does not open. */
export function ForOwners({ children }: { children: string }) {
  return (
    <Empty icon={Lock} title={texts.forOwners}>
      <p>{children}</p>
    </Empty>
  );
}
