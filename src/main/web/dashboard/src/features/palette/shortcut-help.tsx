import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { usePalette } from "@/features/palette/palette-store";
import { texts } from "@/features/palette/texts";
import { cn } from "@/lib/cn";
import { type Key, KEYS_AT_TIMES, KEYS_EVERYWHERE } from "@/lib/keys";
import { type Shortcut, shortcutsInForce, useShortcutRegistry } from "@/lib/shortcuts";

interface Listed extends Key {
  readonly isPossible: boolean;
}

/** All keys by what they are about: also those that have nothing to act on now, so that people learn of them. */
function listed(inForce: readonly Shortcut[]): ReadonlyMap<string, readonly Listed[]> {
  const same = (one: Key) => (other: Key) => one.keys === other.keys && one.group === other.group;
  const everywhere = Object.values<Key>(KEYS_EVERYWHERE);
  const known = [...everywhere, ...KEYS_AT_TIMES];
  const all = [
    ...[...everywhere, ...inForce.filter((each) => !known.some(same(each)))].map((each) => ({
      ...each,
      isPossible: true,
    })),
    ...KEYS_AT_TIMES.map((each) => {
      const now = inForce.find(same(each));
      return { ...(now ?? each), isPossible: now !== undefined };
    }),
  ];
  const groups = new Map<string, Listed[]>();
  for (const each of all) {
    groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  }
  return groups;
}

/** What keys do on the page behind it, and elsewhere. */
export function ShortcutHelp() {
  const close = usePalette((state) => state.close);
  const groups = listed(shortcutsInForce(useShortcutRegistry((state) => state.shortcuts)));
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
              {each.map(({ keys, label, isPossible }) => (
                <div
                  key={keys}
                  className={cn("flex min-h-9 items-center justify-between gap-4", !isPossible && "text-soft")}
                >
                  <dt className="text-s">
                    {label}
                    {!isPossible && <span className="sr-only"> ({texts.notNow})</span>}
                  </dt>
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
