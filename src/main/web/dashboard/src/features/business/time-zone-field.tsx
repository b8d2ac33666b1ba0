import { useId } from "react";

import { Field, Input } from "@/components/ui/field";
import { texts } from "@/features/business/texts";
import { useNow } from "@/lib/use-now";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** A time zone by its name; what is typed narrows the choice. */
export function TimeZoneField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (zone: string) => void;
}) {
  const id = useId();
  // The clock in the hint goes on.
  useNow();
  return (
    <Field
      label={texts.timeZone}
      hint={isZone(value) ? texts.timeZoneHint(value) : texts.timeZoneUnknown}
      error={error}
    >
      <Input
        list={id}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={id}>
        {ZONES.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </Field>
  );
}

function isZone(name: string): boolean {
  try {
    return name !== "" && new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
