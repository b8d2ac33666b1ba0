import { Page } from "@/components/ui/page";

export function TemplatesPage() {
  return <Page title="Templates">{null}</Page>;
}
