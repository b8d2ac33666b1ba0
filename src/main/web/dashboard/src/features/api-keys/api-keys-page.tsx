import { Page } from "@/components/ui/page";

export function ApiKeysPage() {
  return <Page title="API keys">{null}</Page>;
}
