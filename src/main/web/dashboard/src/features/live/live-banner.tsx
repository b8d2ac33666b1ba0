import { LogIn, RefreshCw, WifiOff } from "lucide-react";

import { Button } from "@/components/ui/button";
import { useConnection, useHealth, useTrouble } from "@/features/live/connection";
import { inSentence } from "@/features/live/live-indicator";
import { texts } from "@/features/live/texts";
import { cn } from "@/lib/cn";

const ICONS = { offline: WifiOff, "signed-out": LogIn } as const;

/** Says on a phone, where there is no room for the indicator, what is wrong; whoever has to sign in is told everywhere. */
export function LiveBanner() {
  const isTrouble = useTrouble();
  const health = useHealth();
  const since = useConnection((connection) => connection.since);
  if (!isTrouble) {
    return null;
  }
  const isSignedOut = health === "signed-out";
  const Icon = health === "offline" || isSignedOut ? ICONS[health] : RefreshCw;
  return (
    <section
      aria-label={texts.live}
      className={cn(
        "order-first flex shrink-0 items-center gap-3 border-b border-line bg-warn-soft px-4 py-2 pt-[max(0.5rem,env(safe-area-inset-top))] text-s text-warn [&_svg]:size-4 [&_svg]:shrink-0",
        isSignedOut
          ? "md:fixed md:start-64 md:bottom-5 md:z-30 md:max-w-md md:rounded-m md:border md:shadow-raised"
          : "md:hidden",
      )}
    >
      <Icon aria-hidden />
      <p className="min-w-0 flex-1">{inSentence(health, since)}</p>
      {isSignedOut && (
        <Button asChild size="s" className="max-md:h-11">
          <a href="/sign-in" target="_blank" rel="noreferrer">
            {texts.signIn}
          </a>
        </Button>
      )}
    </section>
  );
}
