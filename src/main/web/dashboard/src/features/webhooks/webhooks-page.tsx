import { Page } from "@/components/ui/page";

export function WebhooksPage() {
  return <Page title="Webhooks">{null}</Page>;
}
