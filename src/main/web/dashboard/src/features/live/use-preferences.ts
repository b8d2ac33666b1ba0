import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";

import { preferencesQuery } from "@/leads/preferences";
import { chooseSound } from "@/lib/sound-preference";

interface Screen {
  readonly badge: boolean;
  readonly toast: boolean;
}

/** How the person wants their own pages to tell them; all of it until they have said otherwise. */
export const useScreen = create<Screen>(() => ({ badge: true, toast: true }));

/** Takes over what the person has set, wherever they set it. */
export function usePreferences(): void {
  const screen = useQuery(preferencesQuery()).data?.screen;
  useEffect(() => {
    if (screen) {
      useScreen.setState({ badge: screen.badge, toast: screen.toast });
      chooseSound(screen.sound);
    }
  }, [screen]);
}
