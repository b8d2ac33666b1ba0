import { lazy, Suspense, useState } from "react";

import { useNotices } from "@/lib/notify";

const Toaster = lazy(async () => ({ default: (await import("@/components/ui/toaster")).Toaster }));

/** Where notices will appear; what they need is loaded with the first of them. */
export function ToasterHost() {
  const isWanted = useNotices(({ notices }) => notices.length > 0);
  const [isThere, setThere] = useState(false);
  if (isWanted && !isThere) {
    setThere(true);
  }
  return isThere ? (
    <Suspense>
      <Toaster />
    </Suspense>
  ) : null;
}
