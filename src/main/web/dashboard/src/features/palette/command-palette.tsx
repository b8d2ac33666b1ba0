import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useLayoutEffect, useRef, useState } from "react";

import { Kbd } from "@/components/ui/kbd";
import { takeKeys } from "@/components/ui/keys-held";
import { FoundLead } from "@/features/palette/found-lead";
import { foundLeadsQuery, usePaused } from "@/features/palette/found-leads";
import { usePalette } from "@/features/palette/palette-store";
import { texts } from "@/features/palette/texts";
import { useFocusReturn } from "@/lib/use-focus-return";
import { type Command, matching, useCommands } from "@/features/palette/use-commands";

const ITEM =
  "flex min-h-11 cursor-default items-center gap-3 rounded-m px-3 py-1.5 text-s data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-strong";
const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-soft";

/** Goes anywhere and does anything by its name, and finds leads. */
export function CommandPalette() {
  const close = usePalette((state) => state.close);
  const navigate = useNavigate();
  const commands = useCommands();
  const [typed, setTyped] = useState("");
  useLayoutEffect(() => setTyped(takeKeys()), []);
  const field = useRef<HTMLInputElement>(null);
  const chosen = useRef<() => void>(undefined);
  // What is done may take the focus elsewhere, so it is done last.
  const focusReturn = useFocusReturn(() => chosen.current?.());
  const words = usePaused(typed.trim());
  const found = useQuery(foundLeadsQuery(words));
  const leads = typed.trim() === "" ? [] : (found.data ?? []);
  const shown = matching(commands, typed);
  const isSearching = typed.trim() !== "" && (found.isFetching || words !== typed.trim());

  const choose = (run: () => void) => {
    chosen.current = run;
    close();
  };

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-panel/50" />
        <Dialog.Content
          aria-describedby={undefined}
          {...focusReturn}
          onOpenAutoFocus={(event) => {
            focusReturn.onOpenAutoFocus();
            // Selected, as a dialog does it, what was typed before would go with the next key.
            event.preventDefault();
            field.current?.focus();
          }}
          className="fixed inset-x-0 top-0 z-50 flex max-h-dvh flex-col overflow-hidden bg-surface shadow-raised sm:inset-x-0 sm:top-[12vh] sm:mx-auto sm:max-h-[70vh] sm:w-[min(38rem,calc(100vw-2rem))] sm:rounded-l sm:border sm:border-line"
        >
          <Dialog.Title className="sr-only">{texts.title}</Dialog.Title>
          <Cmdk shouldFilter={false} loop label={texts.title} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-3 border-b border-line px-4 pt-[env(safe-area-inset-top)]">
              <Search className="size-4 shrink-0 text-soft" />
              <Cmdk.Input
                ref={field}
                value={typed}
                onValueChange={setTyped}
                placeholder={texts.placeholder}
                maxLength={200}
                className="h-13 min-w-0 flex-1 bg-transparent text-m outline-none placeholder:text-soft"
              />
              <Dialog.Close className="min-h-11 rounded-s px-1 text-s text-soft sm:min-h-0">
                <span className="sm:hidden">{texts.close}</span>
                <span className="max-sm:hidden">
                  <Kbd keys="Escape" />
                  <span className="sr-only">{texts.close}</span>
                </span>
              </Dialog.Close>
            </div>
            <Cmdk.List label={texts.results} className="min-h-0 overflow-y-auto overscroll-contain p-2 pt-0">
              {groupsOf(shown).map(([group, each]) => (
                <Cmdk.Group key={group} heading={group} className={GROUP}>
                  {each.map(({ id, label, keys, run }) => (
                    <Cmdk.Item key={id} value={id} onSelect={() => choose(run)} className={ITEM}>
                      <span className="min-w-0 flex-1 truncate">{label}</span>
                      {keys && (
                        <span className="max-sm:hidden">
                          <Kbd keys={keys} />
                        </span>
                      )}
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              ))}
              {leads.length > 0 && (
                <Cmdk.Group heading={texts.groups.leads} className={GROUP}>
                  {leads.map((lead) => (
                    <Cmdk.Item
                      key={lead.id}
                      value={`lead ${lead.id}`}
                      onSelect={() =>
                        choose(() => void navigate({ to: "/inbox/$leadId", params: { leadId: lead.id }, search: {} }))
                      }
                      className={ITEM}
                    >
                      <FoundLead lead={lead} />
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              )}
            </Cmdk.List>
            <p role="status" className="px-5 pb-4 text-s text-soft empty:hidden">
              {isSearching
                ? leads.length === 0 && texts.searching
                : found.isError && typed.trim() !== ""
                  ? texts.searchFailed
                  : shown.length + leads.length === 0 && texts.nothing}
            </p>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function groupsOf(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const each of commands) {
    groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  }
  return [...groups];
}
