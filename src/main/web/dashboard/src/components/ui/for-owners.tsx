import { Lock } from "lucide-react";

import { Empty } from "@/components/ui/states";

/** What stands on a page that the person's role does not open. */
export function ForOwners({ children }: { children: string }) {
  return (
    <Empty icon={Lock} title="For owners">
      <p>{children}</p>
    </Empty>
  );
}
