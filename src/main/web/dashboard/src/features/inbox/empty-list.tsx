import { Link } from "@tanstack/react-router";
import { SearchX, Star } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";
import { EmptyInboxIllustration } from "@/features/inbox/empty-inbox-illustration";
import { NOTHING } from "@/features/inbox/search";
import { texts } from "@/features/inbox/texts";
import { useInbox, useInboxNavigation } from "@/features/inbox/use-inbox";
import type { ViewName } from "@/leads/filter";

/** A list without leads says why that is, which mostly is good news. */
export function EmptyList({ view, isSaved, isNarrowed }: { view: ViewName; isSaved: boolean; isNarrowed: boolean }) {
  const { narrow } = useInboxNavigation();
  const { search } = useInbox();
  if (isNarrowed) {
    return (
      <Empty icon={SearchX} title={texts.nothingFound}>
        <p>{texts.nothingFoundAbout}</p>
        {search.q !== undefined && (isSaved || view !== "all") && (
          <Button
            size="s"
            variant="primary"
            className="max-md:h-11"
            onClick={() => narrow({ ...NOTHING, view: "all", saved: undefined, q: search.q })}
          >
            {texts.searchAll}
          </Button>
        )}
        <Button size="s" className="max-md:h-11" onClick={() => narrow(NOTHING)}>
          {texts.clearNarrowing}
        </Button>
      </Empty>
    );
  }
  const { title, about } = isSaved ? texts.emptySaved : texts.empty[view];
  return (
    <div className="grid flex-1 content-center justify-items-center gap-4 px-6 py-10 text-center">
      <EmptyInboxIllustration className="w-36" />
      <p className="font-semibold">{title}</p>
      <p className="max-w-xs text-s text-soft">{about}</p>
    </div>
  );
}

/** The address names a view that is not there any more. */
export function ViewGone() {
  return (
    <Empty icon={Star} title={texts.gone.title}>
      <p>{texts.gone.about}</p>
      <Button asChild size="s" className="max-md:h-11">
        <Link to="/inbox" search={{}}>
          {texts.gone.to}
        </Link>
      </Button>
    </Empty>
  );
}
