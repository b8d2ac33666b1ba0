"use client";

import { MessagingProvider } from "@callback-messaging/react";
import type { ReactNode } from "react";

// Where the platform keeps its session; with Supabase: (await supabase.auth.getSession()).data.session?.access_token
const token = () => Promise.resolve(sessionStorage.getItem("token") ?? undefined);

export function Providers({ children }: { children: ReactNode }) {
  return (
    <MessagingProvider baseUrl="https://callback.example.com" bearer={token} locale="en-AU">
      {children}
    </MessagingProvider>
  );
}
