import { Page } from "@/components/ui/page";

export function ChannelsPage() {
  return <Page title="Channels">{null}</Page>;
}
