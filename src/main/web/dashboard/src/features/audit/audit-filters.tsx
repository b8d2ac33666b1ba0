import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import type { AuditSearch } from "@/features/audit/search";
import { texts } from "@/features/audit/texts";
import { actionInWords, ACTIONS } from "@/features/audit/words";
import { membersQuery } from "@/leads/queries";

/** Narrows the trail; what is chosen stands in the address. */
export function AuditFilters({ search, seen }: { search: AuditSearch; seen: readonly string[] }) {
  const navigate = useNavigate();
  const members = useQuery(membersQuery());
  const emails = members.data?.flatMap(({ email }) => email ?? []) ?? [];
  const actors = [...new Set([...emails, ...seen, ...(search.actor ? [search.actor] : [])])].toSorted();
  const actions = search.action && !ACTIONS.includes(search.action) ? [search.action, ...ACTIONS] : ACTIONS;
  const set = (part: { [Name in keyof AuditSearch]: string }) =>
    void navigate({
      to: "/settings/audit",
      search: Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== "")),
      replace: true,
    });
  return (
    <search aria-label={texts.filters} className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <Field label={texts.actor} className="min-w-0 grid-cols-1">
        <Select className="text-s" value={search.actor ?? ""} onChange={(event) => set({ actor: event.target.value })}>
          <option value="">{texts.anybody}</option>
          {actors.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={texts.action} className="min-w-0 grid-cols-1">
        <Select
          className="text-s"
          value={search.action ?? ""}
          onChange={(event) => set({ action: event.target.value })}
        >
          <option value="">{texts.anything}</option>
          {actions.map((each) => (
            <option key={each} value={each}>
              {actionInWords(each)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={texts.from} className="min-w-0 grid-cols-1">
        <Input
          type="date"
          className="px-2 text-s"
          max={search.to}
          value={search.from ?? ""}
          onChange={(event) => set({ from: event.target.value })}
        />
      </Field>
      <Field label={texts.to} className="min-w-0 grid-cols-1">
        <Input
          type="date"
          className="px-2 text-s"
          min={search.from}
          value={search.to ?? ""}
          onChange={(event) => set({ to: event.target.value })}
        />
      </Field>
      {Object.keys(search).length > 0 && (
        <Button
          size="s"
          className="justify-self-start"
          onClick={() => void navigate({ to: "/settings/audit", search: {} })}
        >
          {texts.clear}
        </Button>
      )}
    </search>
  );
}
