import { Page } from "@/components/ui/page";

export function MembersPage() {
  return <Page title="People">{null}</Page>;
}
