import { create } from "zustand";

/** What is said to those who do not see it, where nothing that is shown says it. */
export const useAnnouncement = create<{ readonly text: string }>(() => ({ text: "" }));

export function announce(text: string): void {
  useAnnouncement.setState({ text });
}
