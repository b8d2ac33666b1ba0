import { MessageDashboard } from "@callback-messaging/react";

export const metadata = { title: "Leads" };

/** A server component: the package says itself what of it runs in browsers. */
export default function Leads() {
  return (
    <main>
      <h1>Leads</h1>
      <MessageDashboard />
    </main>
  );
}
