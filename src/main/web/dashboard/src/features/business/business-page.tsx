import { Page } from "@/components/ui/page";

export function BusinessPage() {
  return <Page title="Business">{null}</Page>;
}
