import { Bell, BellOff } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { texts } from "@/features/live/texts";
import { mute, useSoundPreference } from "@/lib/sound-preference";

/** Turns the sound of new leads off and on, on this device. */
export function MuteButton() {
  const { sound, isMuted } = useSoundPreference();
  if (sound === "silent") {
    return null;
  }
  return (
    <Tooltip label={isMuted ? texts.unmute : texts.mute}>
      <Button
        variant="quiet"
        size="icon-s"
        aria-label={texts.mute}
        aria-pressed={isMuted}
        onClick={() => mute(!isMuted)}
        className="text-soft"
      >
        {isMuted ? <BellOff /> : <Bell />}
      </Button>
    </Tooltip>
  );
}
