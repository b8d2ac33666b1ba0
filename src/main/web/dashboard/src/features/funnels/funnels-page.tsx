import { useQuery } from "@tanstack/react-query";
import { Megaphone, Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { FunnelCard } from "@/features/funnels/funnel-card";
import { NewFunnel } from "@/features/funnels/new-funnel";
import { texts } from "@/features/funnels/texts";
import { funnelsQuery } from "@/leads/queries";
import { isOwner } from "@/lib/session";

/** The forms of the business. */
export function FunnelsPage() {
  const funnels = useQuery(funnelsQuery());
  const [isAdding, setAdding] = useState(false);
  const add = isOwner() && (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus /> {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} description={texts.about} actions={funnels.data?.length ? add : undefined}>
      {funnels.isPending ? (
        <Waiting rows={3} className="p-0" />
      ) : funnels.isError ? (
        <Failed error={funnels.error} retry={() => void funnels.refetch()} />
      ) : funnels.data.length === 0 ? (
        <Empty icon={Megaphone} title={texts.none}>
          <p>{texts.noneAbout}</p>
          {add}
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
      {isAdding && <NewFunnel onClose={() => setAdding(false)} />}
    </Page>
  );
}
