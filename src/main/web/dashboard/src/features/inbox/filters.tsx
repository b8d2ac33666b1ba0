import { useQuery } from "@tanstack/react-query";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, Input, Select } from "@/components/ui/field";
import { filterTexts as texts } from "@/features/inbox/filter-texts";
import { type InboxSearch, NOTHING } from "@/features/inbox/search";
import { useInboxNavigation } from "@/features/inbox/use-inbox";
import { PRIORITIES, STATUSES } from "@/leads/lead";
import { shortName } from "@/leads/names";
import { funnelsQuery, membersQuery, tagsQuery } from "@/leads/queries";
import { leadTexts } from "@/leads/texts";

type Several = "status" | "priority";

/** All that narrows the list, beside words: each change is at once in the address. */
export function Filters({ search, count }: { search: InboxSearch; count: number }) {
  const { narrow } = useInboxNavigation();
  const toggle = <T extends string>(name: Several, all: readonly T[], value: T, on: boolean) => {
    const chosen = (search[name] ?? []) as readonly string[];
    const next = all.filter((each) => (each === value ? on : chosen.includes(each)));
    narrow({
      ...(name === "status" && isOfStatus(search) && { view: "all" }),
      [name]: next.length > 0 ? next : undefined,
    });
  };
  return (
    <div className="grid gap-4">
      <Choices
        legend={texts.status}
        all={STATUSES}
        chosen={search.status}
        names={leadTexts.statuses}
        onToggle={(v, on) => toggle("status", STATUSES, v, on)}
      />
      <Choices
        legend={texts.priority}
        all={PRIORITIES}
        chosen={search.priority}
        names={leadTexts.priorities}
        onToggle={(v, on) => toggle("priority", PRIORITIES, v, on)}
      />
      <FunnelChoice search={search} />
      <AssigneeChoice search={search} />
      <TagChoice search={search} />
      <Field label={texts.notification}>
        <Select
          value={search.delivery ?? ""}
          onChange={(e) => narrow({ delivery: (e.target.value || undefined) as InboxSearch["delivery"] })}
        >
          <option value="">{texts.any}</option>
          {Object.entries(leadTexts.deliveryStates).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={texts.fromLabel}>
          <Input
            type="date"
            className="min-w-0 px-2 text-s"
            value={dayOf(search.from)}
            onChange={(e) => narrow({ from: startOf(e.target.value) })}
          />
        </Field>
        <Field label={texts.toLabel}>
          <Input
            type="date"
            className="min-w-0 px-2 text-s"
            value={dayOf(search.to, -1)}
            onChange={(e) => narrow({ to: startOf(e.target.value, 1) })}
          />
        </Field>
      </div>
      {count > 0 && (
        <Button onClick={() => narrow(NOTHING)} className="justify-self-start">
          {texts.clearAll}
        </Button>
      )}
    </div>
  );
}

/** Whether the view is nothing but a status: another one is looked for among all leads, or the title would be wrong. */
function isOfStatus({ saved, view = "waiting" }: InboxSearch): boolean {
  return saved === undefined && ["waiting", "unread", "archived"].includes(view);
}

/** The reader's own day, as date fields have it; `to` is the end of its day, which belongs to the next. */
function dayOf(moment: string | undefined, days = 0): string {
  if (moment === undefined) {
    return "";
  }
  const date = new Date(moment);
  date.setDate(date.getDate() + days);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

function startOf(day: string, days = 0): string | undefined {
  if (!day) {
    return undefined;
  }
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + days);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function Choices<T extends string>({
  legend,
  all,
  chosen,
  names,
  onToggle,
}: {
  legend: string;
  all: readonly T[];
  chosen: readonly T[] | undefined;
  names: Record<T, string>;
  onToggle: (value: T, on: boolean) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-s font-medium">{legend}</legend>
      <div className="grid grid-cols-2 gap-x-3">
        {all.map((each) => (
          <label key={each} className="flex min-h-9 max-md:min-h-11 items-center gap-2.5 text-s">
            <Checkbox checked={chosen?.includes(each) ?? false} onCheckedChange={(on) => onToggle(each, on === true)} />
            {names[each]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function FunnelChoice({ search }: { search: InboxSearch }) {
  const { narrow } = useInboxNavigation();
  const funnels = useQuery(funnelsQuery());
  return (
    <Field label={texts.funnel}>
      <Select value={search.funnel ?? ""} onChange={(e) => narrow({ funnel: e.target.value || undefined })}>
        <option value="">{texts.any}</option>
        {funnels.data?.map(({ id, name, title, slug }) => (
          <option key={id} value={id}>
            {name ?? title ?? slug ?? id}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function AssigneeChoice({ search }: { search: InboxSearch }) {
  const { narrow } = useInboxNavigation();
  const members = useQuery(membersQuery());
  return (
    <Field label={texts.assignee}>
      <Select value={search.assignee ?? ""} onChange={(e) => narrow({ assignee: e.target.value || undefined })}>
        <option value="">{texts.anybody}</option>
        <option value="me">{texts.me}</option>
        <option value="nobody">{texts.nobody}</option>
        {members.data?.map(({ id, email }) => (
          <option key={id} value={id}>
            {shortName(email)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function TagChoice({ search }: { search: InboxSearch }) {
  const { narrow } = useInboxNavigation();
  const tags = useQuery(tagsQuery());
  return (
    <Field label={texts.tag}>
      <Select
        value={search.tag?.[0] ?? ""}
        onChange={(e) => narrow({ tag: e.target.value ? [e.target.value] : undefined })}
      >
        <option value="">{texts.any}</option>
        {tags.data?.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
