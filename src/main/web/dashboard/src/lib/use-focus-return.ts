import { useRef } from "react";

/**
 * Gives the focus back to where it was before a dialog. The primitive gives it to its own trigger, and ours have none: without this it
 * would be lost, and with it the place of whoever works by keys.
 */
export function useFocusReturn(then?: () => void) {
  const before = useRef<HTMLElement>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement as HTMLElement | null;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      before.current?.focus({ preventScroll: true });
      then?.();
    },
  };
}
