import { Plus, X } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { texts } from "@/features/webhooks/texts";

interface Row {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

let lastRow = 0;

/** Further headers of each call. Their values are never shown again, so what is kept is replaced as a whole or not at all. */
export function HeadersEditor({
  known,
  onChange,
  error,
}: {
  known: readonly string[];
  onChange: (headers: Record<string, string> | undefined) => void;
  error: string | undefined;
}) {
  const [rows, setRows] = useState<readonly Row[] | undefined>(known.length > 0 ? undefined : []);
  const set = (next: readonly Row[]) => {
    setRows(next);
    onChange(Object.fromEntries(next.filter(({ name }) => name.trim()).map(({ name, value }) => [name.trim(), value])));
  };
  const change = (id: number, part: Partial<Row>) =>
    set((rows ?? []).map((row) => (row.id === id ? { ...row, ...part } : row)));

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-s font-medium">
        Headers <span className="font-normal text-soft">(optional)</span>
      </legend>
      {rows === undefined ? (
        <p className="flex flex-wrap items-center gap-2 text-s text-soft">
          {known.map((name) => (
            <code key={name}>{name}: ••••</code>
          ))}
          <Button size="s" onClick={() => set([])}>
            {texts.replaceAll}
          </Button>
        </p>
      ) : (
        <>
          {rows.map((row) => (
            <div key={row.id} className="flex gap-2">
              <Input
                aria-label={texts.header}
                placeholder="X-Team"
                value={row.name}
                onChange={(e) => change(row.id, { name: e.target.value })}
              />
              <Input
                aria-label={texts.value}
                placeholder="north"
                value={row.value}
                onChange={(e) => change(row.id, { value: e.target.value })}
              />
              <Button
                variant="quiet"
                size="icon"
                aria-label={`Remove header ${row.name}`}
                onClick={() => set(rows.filter((each) => each !== row))}
              >
                <X />
              </Button>
            </div>
          ))}
          <Button
            size="s"
            className="justify-self-start"
            onClick={() => set([...rows, { id: ++lastRow, name: "", value: "" }])}
          >
            <Plus /> {texts.addAHeader}
          </Button>
        </>
      )}
      {error && (
        <p role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
