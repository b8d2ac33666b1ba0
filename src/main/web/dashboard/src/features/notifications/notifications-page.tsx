import { Page } from "@/components/ui/page";

export function NotificationsPage() {
  return <Page title="Notifications">{null}</Page>;
}
