import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { Checkbox } from "@/components/ui/checkbox";
import { Field, Input, Select } from "@/components/ui/field";
import { asRange, day, lastDays, PRESETS, presetOf } from "@/features/analytics/range";
import { texts } from "@/features/analytics/texts";
import { funnelsQuery } from "@/leads/queries";

interface Search {
  readonly from?: string;
  readonly to?: string;
  readonly funnel?: string;
}

/** Which days and which funnel; both stand in the address. */
export function Controls({
  search,
  isOpenOnly,
  onOpenOnly,
}: {
  search: Search;
  isOpenOnly: boolean;
  onOpenOnly: (on: boolean) => void;
}) {
  const navigate = useNavigate();
  const funnels = useQuery(funnelsQuery());
  const go = (next: Search) => void navigate({ to: "/analytics", search: next, replace: true });
  const { from: _from, to: _to, ...others } = search;
  const { funnel: _funnel, ...days } = search;
  const preset = presetOf(search);
  const shown = search.from ? search : lastDays(preset ?? 30);
  return (
    <div className="flex flex-wrap items-end gap-3 max-sm:grid max-sm:grid-cols-2">
      <Field label={texts.time} className="sm:w-44">
        <Select
          value={preset ?? "own"}
          onChange={(event) =>
            go(
              event.target.value === "own"
                ? { ...others, ...lastDays(14) }
                : { ...others, ...asRange(Number(event.target.value)) },
            )
          }
        >
          {PRESETS.map((each) => (
            <option key={each} value={each}>
              {texts.lastDays(each)}
            </option>
          ))}
          <option value="own">{texts.chooseDays}</option>
        </Select>
      </Field>
      {preset === undefined && (
        <>
          <Field label={texts.from} className="sm:w-44">
            <Input
              type="date"
              max={shown.to ?? day(new Date())}
              value={shown.from ?? ""}
              onChange={(event) => event.target.value && go({ ...search, from: event.target.value })}
            />
          </Field>
          <Field label={texts.to} className="sm:w-44">
            <Input
              type="date"
              min={shown.from}
              value={shown.to ?? day(new Date())}
              onChange={(event) => event.target.value && go({ ...search, to: event.target.value })}
            />
          </Field>
        </>
      )}
      <Field label={texts.funnel} className="sm:w-52">
        <Select
          value={search.funnel ?? ""}
          onChange={(event) => go({ ...days, ...(event.target.value && { funnel: event.target.value }) })}
        >
          <option value="">{texts.allFunnels}</option>
          {funnels.data?.map(({ id, name, title, slug }) => (
            <option key={id} value={id}>
              {name ?? title ?? slug ?? id}
            </option>
          ))}
        </Select>
      </Field>
      <label className="col-span-full flex h-10 items-center gap-2.5 text-s">
        <Checkbox checked={isOpenOnly} onCheckedChange={(on) => onOpenOnly(on === true)} /> {texts.openOnly}
      </label>
    </div>
  );
}
