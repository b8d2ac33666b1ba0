import { SearchX } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";
import { CalmPicture } from "@/features/inbox/calm-picture";
import { NOTHING } from "@/features/inbox/search";
import { texts } from "@/features/inbox/texts";
import { useInboxNavigation } from "@/features/inbox/use-inbox";
import type { ViewName } from "@/leads/filter";

/** A list without leads says why that is, which mostly is good news. */
export function EmptyList({ view, isNarrowed }: { view: ViewName; isNarrowed: boolean }) {
  const { narrow } = useInboxNavigation();
  if (isNarrowed) {
    return (
      <Empty icon={SearchX} title={texts.nothingFound}>
        <p>{texts.nothingFoundAbout}</p>
        <Button size="s" onClick={() => narrow(NOTHING)}>
          Clear search and filters
        </Button>
      </Empty>
    );
  }
  const { title, about } = texts.empty[view];
  return (
    <div className="grid flex-1 content-center justify-items-center gap-4 px-6 py-10 text-center">
      <CalmPicture className="w-36" />
      <p className="font-semibold">{title}</p>
      <p className="max-w-xs text-s text-soft">{about}</p>
    </div>
  );
}
