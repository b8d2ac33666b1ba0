import { useQuery } from "@tanstack/react-query";

import { Page, Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { BusinessForm } from "@/features/business/business-form";
import { settingsQuery } from "@/features/business/queries";
import { texts } from "@/features/business/texts";

/** What holds for the whole business. */
export function BusinessPage() {
  const settings = useQuery(settingsQuery());
  return (
    <Page title={texts.title} description={texts.about}>
      {settings.isPending ? (
        <Panel>
          <Waiting rows={4} />
        </Panel>
      ) : settings.isError ? (
        <Panel>
          <Failed error={settings.error} retry={() => void settings.refetch()} />
        </Panel>
      ) : (
        <BusinessForm settings={settings.data} />
      )}
    </Page>
  );
}
