import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";

import { delayedChannels } from "@/features/channels/delayed-channels";
import { delayed } from "@/features/channels/provider-texts";
import { channelsQuery, providersQuery } from "@/lib/channels";
import { shortMoment } from "@/lib/format";

/** Says above every page that notifications are late because a provider is down. Silent while that is not known. */
export function ProviderBanner() {
  const { data: providers = [] } = useQuery(providersQuery());
  const { data: channels = [] } = useQuery({
    ...channelsQuery(),
    enabled: providers.some((each) => each.state === "down"),
  });
  const late = delayedChannels(channels, providers);
  // The region is there before its text is, or it is not read out.
  return (
    <div role="status" className="shrink-0">
      {late.map((each) => (
        <p
          key={each.type}
          className="flex items-center gap-3 border-b border-line bg-warn-soft px-4 py-2 text-s text-warn first:pt-[max(0.5rem,env(safe-area-inset-top))]"
        >
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          <span className="min-w-0 flex-1">{delayed(each.label, each.providers, shortMoment(each.since))}</span>
        </p>
      ))}
    </div>
  );
}
