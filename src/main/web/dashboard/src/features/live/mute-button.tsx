import { Bell, BellOff } from "lucide-react";

import { Button } from "@/components/ui/button";
import { texts } from "@/features/live/texts";
import { useScreen } from "@/features/live/use-screen";
import { mute, useMuted } from "@/lib/muted";

/** Turns the sound of new leads off and on, on this device. */
export function MuteButton() {
  const { sound } = useScreen();
  const isMuted = useMuted((state) => state.isMuted);
  if (sound === "silent") {
    return null;
  }
  return (
    <Button
      variant="quiet"
      size="icon-s"
      aria-label={texts.mute}
      title={isMuted ? texts.unmute : texts.mute}
      aria-pressed={isMuted}
      onClick={() => mute(!isMuted)}
      className="text-soft"
    >
      {isMuted ? <BellOff /> : <Bell />}
    </Button>
  );
}
