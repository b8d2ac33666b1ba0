import { MousePointerClick } from "lucide-react";

import { Kbd } from "@/components/ui/kbd";
import { Empty } from "@/components/ui/states";
import { texts } from "@/features/inbox/texts";

/** What stands beside the list at a desk while no lead is open. */
export function NoLead() {
  const { walk, open, all } = texts.noLeadKeys;
  return (
    <div className="grid h-full place-items-center">
      <Empty icon={MousePointerClick} title={texts.noLead}>
        <p>{texts.noLeadAbout}</p>
        <p className="flex items-center gap-2">
          <Kbd keys="j" /> <Kbd keys="k" /> {walk} <Kbd keys="Enter" /> {open} <Kbd keys="?" /> {all}
        </p>
      </Empty>
    </div>
  );
}
