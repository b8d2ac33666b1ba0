import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { texts } from "@/app/texts";
import { loadAgain } from "@/components/ui/late";
import { Failed } from "@/components/ui/states";
import { isOutage, Refused } from "@/lib/api";

const AGAIN_MS = 5_000;

/** A page that could not be shown; the rest of the app stays. */
export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    loadAgain();
    reset();
    void router.invalidate();
  };
  const latest = useRef(retry);
  latest.current = retry;
  // A service in trouble is asked again by itself; a fault of the page would only come again.
  const isTroubled = error instanceof Refused && isOutage(error);
  useEffect(() => {
    if (isTroubled) {
      const timer = setTimeout(() => latest.current(), AGAIN_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [isTroubled, error]);
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <h1 className="sr-only">{texts.failed}</h1>
      <Failed error={error} retry={retry} />
    </div>
  );
}
