import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { usePalette } from "@/features/palette/palette-store";
import { texts } from "@/features/palette/texts";
import { setAdvance, useAdvance } from "@/leads/advance";
import { VIEWS } from "@/leads/filter";
import { viewsQuery } from "@/leads/queries";
import { chosenBusiness } from "@/lib/api";
import { mute, useMuted } from "@/lib/muted";
import { sessionQuery, signOut, switchBusiness } from "@/lib/session";
import { shortcutsInForce, useShortcutRegistry } from "@/lib/shortcuts";

export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/** Of no use where something is chosen by its name. */
const MOVES: readonly string[] = ["j", "k", "x", "X", "/", "Enter", "Escape", "?"];
/** What is done most often comes first. */
const FIRST: readonly string[] = ["This lead", "Reply", "Selected leads", "List"];

/** All that can be done from here: first what the page itself offers. */
export function useCommands(): readonly Command[] {
  const navigate = useNavigate();
  const registered = useShortcutRegistry((state) => state.shortcuts);
  const views = useQuery(viewsQuery());
  const session = useQuery(sessionQuery());
  const openHelp = usePalette((state) => state.openHelp);
  const isMuted = useMuted((state) => state.isMuted);
  const doesAdvance = useAdvance((state) => state.isOn);
  const inForce = shortcutsInForce(registered);
  const { goTo } = texts.groups;

  const isGoing = (keys: string) => keys.startsWith("g ");
  const ofPage = inForce
    .filter(({ keys }) => !isGoing(keys) && !MOVES.includes(keys))
    .map((each) => ({ ...each, id: `do ${each.keys}` }))
    .sort((one, other) => rank(one.group) - rank(other.group));
  const keysTo = (label: string) => inForce.find((each) => isGoing(each.keys) && each.label === label)?.keys;

  return [
    ...ofPage,
    ...VIEWS.map((view) => ({
      id: `view ${view}`,
      group: goTo,
      label: texts.views[view],
      // The inbox opens with those that wait.
      keys: keysTo(view === "waiting" ? texts.inbox : texts.views[view]),
      run: () => void navigate({ to: "/inbox", search: { view } }),
    })),
    {
      id: "analytics",
      group: goTo,
      label: texts.analytics,
      keys: keysTo(texts.analytics),
      run: () => void navigate({ to: "/analytics", search: {} }),
    },
    {
      id: "settings",
      group: goTo,
      label: texts.settings,
      keys: keysTo(texts.settings),
      run: () => void navigate({ to: "/settings" }),
    },
    ...(views.data ?? []).map(({ id, name }) => ({
      id: `saved ${id}`,
      group: texts.groups.views,
      label: name,
      run: () => void navigate({ to: "/inbox", search: { saved: id } }),
    })),
    ...(Object.entries(texts.sections) as [keyof typeof texts.sections, string][]).map(([to, label]) => ({
      id: to,
      group: texts.groups.settings,
      label,
      run: () => void navigate({ to }),
    })),
    ...(session.data?.businesses ?? [])
      .filter(({ id }) => id !== chosenBusiness())
      .map(({ id, name }) => ({
        id: `business ${id}`,
        group: texts.groups.business,
        label: name ?? texts.unnamedBusiness,
        run: () => switchBusiness(id),
      })),
    {
      id: "advance",
      group: texts.groups.more,
      label: doesAdvance ? texts.stay : texts.advance,
      run: () => setAdvance(!doesAdvance),
    },
    {
      id: "mute",
      group: texts.groups.more,
      label: isMuted ? texts.unmute : texts.mute,
      run: () => mute(!isMuted),
    },
    { id: "help", group: texts.groups.more, label: texts.shortcuts, keys: "?", run: openHelp },
    { id: "sign-out", group: texts.groups.more, label: texts.signOut, run: () => void signOut() },
  ];
}

function rank(group: string): number {
  const at = FIRST.indexOf(group);
  return at < 0 ? FIRST.length : at;
}

/** Those of which each word is found, in the name or in that of the group; accents do not matter. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return commands.filter(({ label, group }) => {
    const text = plain(`${label} ${group}`);
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLocaleLowerCase();
}
