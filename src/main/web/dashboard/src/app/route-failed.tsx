import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";

import { Failed } from "@/components/ui/states";

/** A page that could not be shown; the rest of the app stays. */
export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <Failed
        error={error}
        retry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}
