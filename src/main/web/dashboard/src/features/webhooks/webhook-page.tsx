import { Page } from "@/components/ui/page";

export function WebhookPage() {
  return <Page title="Webhook">{null}</Page>;
}
