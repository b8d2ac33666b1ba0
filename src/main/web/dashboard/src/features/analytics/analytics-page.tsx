import { Page } from "@/components/ui/page";

export function AnalyticsPage() {
  return <Page title="Analytics">{null}</Page>;
}
