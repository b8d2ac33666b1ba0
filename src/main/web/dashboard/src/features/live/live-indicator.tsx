import { type Health, useConnection, useHealth, useTrouble } from "@/features/live/connection";
import { MuteButton } from "@/features/live/mute-button";
import { texts } from "@/features/live/texts";
import { cn } from "@/lib/cn";
import { shortMoment } from "@/lib/format";

const DOTS: Record<Health, string> = {
  connecting: "bg-edge",
  live: "bg-accent",
  reconnecting: "bg-warn animate-pulse",
  offline: "bg-edge",
  "signed-out": "bg-danger",
};

const WORDS: Record<Health, string> = {
  connecting: texts.connecting,
  live: texts.live,
  reconnecting: texts.reconnecting,
  offline: texts.offline,
  "signed-out": texts.signedOut,
};

/** Whether what is shown is the newest: a dot, with words while it is not. */
export function LiveIndicator() {
  const isTrouble = useTrouble();
  const health = useHealth();
  const since = useConnection((connection) => connection.since);
  const shown = health === "reconnecting" && !isTrouble ? "live" : health;
  return (
    <span className="flex shrink-0 items-center gap-1">
      <MuteButton />
      <span
        {...(isTrouble && { title: inSentence(health, since) })}
        className="flex items-center gap-1.5 px-1 text-xs text-soft"
      >
        <span aria-hidden className={cn("size-2 rounded-full", DOTS[shown])} />
        <span className={cn(!isTrouble && "sr-only")}>{WORDS[shown]}</span>
      </span>
    </span>
  );
}

export function inSentence(health: Health, since: number): string {
  const at = shortMoment(new Date(since));
  switch (health) {
    case "signed-out":
      return texts.signedOutAbout;
    case "offline":
      return texts.offlineSince(at);
    case "live":
      return texts.backAgain;
    default:
      return texts.reconnectingSince(at);
  }
}
