import { create } from "zustand";

const MUTED = "callback-messaging-muted";

interface Muted {
  readonly isMuted: boolean;
}

const read = (): Muted => ({ isMuted: localStorage.getItem(MUTED) === "true" });

/** Whether this device is quiet, whatever is preferred, until that is taken back; the same in all tabs. */
export const useMuted = create<Muted>(read);

export function mute(isMuted: boolean): void {
  localStorage.setItem(MUTED, String(isMuted));
  useMuted.setState({ isMuted });
}

window.addEventListener("storage", ({ key }) => {
  if (key === null || key === MUTED) {
    useMuted.setState(read());
  }
});
