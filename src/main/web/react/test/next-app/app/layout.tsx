import "@callback-messaging/react/styles.css";

import { NotificationBadge } from "@callback-messaging/react";
import type { ReactNode } from "react";

import { Providers } from "./providers";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers>
          <nav>
            <a href="/leads">Leads</a> <NotificationBadge />
          </nav>
          {children}
        </Providers>
      </body>
    </html>
  );
}
