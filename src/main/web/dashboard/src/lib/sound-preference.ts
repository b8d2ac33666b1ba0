import { create } from "zustand";

/** What a new lead sounds like: not at all, once, or again and again until somebody has read it. */
export type Sound = "silent" | "once" | "until-read";

interface SoundPreference {
  readonly sound: Sound;
  /** Quiet on this device, whatever is preferred, until it is turned on again. */
  readonly isMuted: boolean;
}

const SOUND = "callback-messaging-sound";
const MUTED = "callback-messaging-muted";
const SOUNDS: readonly string[] = ["silent", "once", "until-read"] satisfies Sound[];

function read(): SoundPreference {
  const sound = localStorage.getItem(SOUND);
  return {
    sound: sound !== null && SOUNDS.includes(sound) ? (sound as Sound) : "once",
    isMuted: localStorage.getItem(MUTED) === "true",
  };
}

/** How new leads are heard here; the same in all tabs. */
export const useSoundPreference = create<SoundPreference>(read);

export function chooseSound(sound: Sound): void {
  localStorage.setItem(SOUND, sound);
  useSoundPreference.setState({ sound });
}

export function mute(isMuted: boolean): void {
  localStorage.setItem(MUTED, String(isMuted));
  useSoundPreference.setState({ isMuted });
}

window.addEventListener("storage", ({ key }) => {
  if (key === null || key === SOUND || key === MUTED) {
    useSoundPreference.setState(read());
  }
});
