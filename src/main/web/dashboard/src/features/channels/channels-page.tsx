import { useQuery } from "@tanstack/react-query";
import { Megaphone } from "lucide-react";

import { Page } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { ChannelCard } from "@/features/channels/channel-card";
import { SmsUsage } from "@/features/channels/sms-usage";
import { texts } from "@/features/channels/texts";
import { channelsQuery } from "@/lib/channels";

/** How the business is told, and a test of each way. */
export function ChannelsPage() {
  const channels = useQuery(channelsQuery());
  const sms = channels.data?.find(({ type, isServed }) => type === "sms" && isServed);
  return (
    <Page title={texts.title} description={texts.about}>
      {sms && <SmsUsage sms={sms} />}
      {channels.isPending ? (
        <Waiting rows={3} className="p-0" />
      ) : channels.isError ? (
        <Failed error={channels.error} retry={() => void channels.refetch()} />
      ) : channels.data.length === 0 ? (
        <Empty icon={Megaphone} title={texts.notServed} />
      ) : (
        <ul className="grid grid-cols-1 gap-4">
          {channels.data.map((each) => (
            <li key={each.type}>
              <ChannelCard channel={each} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
