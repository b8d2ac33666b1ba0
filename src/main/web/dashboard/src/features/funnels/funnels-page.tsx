import { useQuery } from "@tanstack/react-query";
import { Megaphone } from "lucide-react";

import { Page } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { FunnelCard } from "@/features/funnels/funnel-card";
import { texts } from "@/features/funnels/texts";
import { funnelsQuery } from "@/leads/queries";

/** The forms of the business. */
export function FunnelsPage() {
  const funnels = useQuery(funnelsQuery());
  return (
    <Page title={texts.title} description={texts.about}>
      {funnels.isPending ? (
        <Waiting rows={3} className="p-0" />
      ) : funnels.isError ? (
        <Failed error={funnels.error} retry={() => void funnels.refetch()} />
      ) : funnels.data.length === 0 ? (
        <Empty icon={Megaphone} title={texts.none}>
          <p>{texts.noneAbout}</p>
        </Empty>
      ) : (
        <ul className="grid gap-4">
          {funnels.data.map((each) => (
            <li key={each.id}>
              <FunnelCard funnel={each} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
