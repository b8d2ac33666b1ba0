import { Page } from "@/components/ui/page";

export function FunnelsPage() {
  return <Page title="Funnels">{null}</Page>;
}
