import { useEffect } from "react";

import { KeysHeld } from "@/components/ui/keys-held";
import { late, LatePlace } from "@/components/ui/late";
import { usePalette } from "@/features/palette/palette-store";
import { COMMAND, KEYS_EVERYWHERE } from "@/lib/keys";
import { keyOf, useShortcuts } from "@/lib/shortcuts";

const CommandPalette = late(async () => (await import("@/features/palette/command-palette")).CommandPalette);
const ShortcutHelp = late(async () => (await import("@/features/palette/shortcut-help")).ShortcutHelp);

/** What can be done, by its name: loaded when it is wanted first. */
export function Palette() {
  const { isOpen, isHelpOpen, open, openHelp, close } = usePalette();
  useShortcuts([{ ...KEYS_EVERYWHERE.help, run: openHelp }]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isMeant = (COMMAND === "⌘" ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
      if (!isMeant || event.isComposing || keyOf(event) !== "k") {
        return;
      }
      // The browser would go to its own search field.
      event.preventDefault();
      const isInFront = document.querySelector('[aria-modal="true"], [role="alertdialog"], [role="dialog"]') !== null;
      if (usePalette.getState().isOpen) {
        close();
      } else if (!isInFront && !event.repeat) {
        open();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open, close]);
  return (
    <>
      {isOpen && (
        <LatePlace fallback={<KeysHeld onEscape={close} />} onFailed={close}>
          <CommandPalette />
        </LatePlace>
      )}
      {isHelpOpen && (
        <LatePlace fallback={<KeysHeld onEscape={close} />} onFailed={close}>
          <ShortcutHelp />
        </LatePlace>
      )}
    </>
  );
}
