import { lazy, Suspense, useState } from "react";

import { useNotices } from "@/lib/notify";

const AGAIN_MS = 1_000;
const Toaster = lazy(async () => ({ default: await loaded() }));

/** A notice that comes while there is no network waits for it: nothing on the page may fall with it. */
async function loaded() {
  for (;;) {
    try {
      return (await import("@/components/ui/toaster")).Toaster;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

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
