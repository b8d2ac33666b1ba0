import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { usePalette } from "@/features/palette/palette-store";
import { texts } from "@/features/palette/texts";
import { shortcutsInForce, useShortcutRegistry } from "@/lib/shortcuts";

const PALETTE_KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K";

/** All that keys do on the page behind it. */
export function ShortcutHelp() {
  const close = usePalette((state) => state.close);
  const shortcuts = shortcutsInForce(useShortcutRegistry((state) => state.shortcuts));
  const groups = new Map<string, { keys: string; label: string }[]>([
    [texts.general, [{ keys: PALETTE_KEYS, label: texts.openPalette }]],
  ]);
  for (const { group, keys, label } of shortcuts) {
    groups.set(group, [...(groups.get(group) ?? []), { keys, label }]);
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={texts.shortcuts}
      description={texts.shortcutsAbout}
      className="sm:w-[min(46rem,calc(100vw-2rem))]"
    >
      <div className="gap-x-8 sm:columns-2">
        {[...groups].map(([group, each]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="pb-1 text-xs font-medium text-soft">{group}</h3>
            <dl className="divide-y divide-line">
              {each.map(({ keys, label }) => (
                <div key={keys} className="flex min-h-9 items-center justify-between gap-4">
                  <dt className="text-s">{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
