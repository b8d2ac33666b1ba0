import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";

import { texts } from "@/app/texts";
import { loadAgain } from "@/components/ui/late";
import { Failed } from "@/components/ui/states";

/** A page that could not be shown; the rest of the app stays. */
export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <h1 className="sr-only">{texts.failed}</h1>
      <Failed
        error={error}
        retry={() => {
          loadAgain();
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}
