import { create } from "zustand";

interface PaletteState {
  readonly isOpen: boolean;
  readonly isHelpOpen: boolean;
  readonly open: () => void;
  readonly openHelp: () => void;
  readonly close: () => void;
}

/** Whether the command palette or the list of shortcuts is open. */
export const usePalette = create<PaletteState>((set) => ({
  isOpen: false,
  isHelpOpen: false,
  open: () => set({ isOpen: true, isHelpOpen: false }),
  openHelp: () => set({ isOpen: false, isHelpOpen: true }),
  close: () => set({ isOpen: false, isHelpOpen: false }),
}));
