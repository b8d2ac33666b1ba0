import { useId } from "react";

import { cn } from "@/lib/cn";

/** Any of a few options, each large enough for a thumb. */
export function Choices<T extends string>({
  label,
  hint,
  error,
  options,
  chosen,
  onChange,
}: {
  label?: string;
  hint?: string;
  error?: string | undefined;
  options: readonly { readonly value: T; readonly label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}) {
  const id = useId();
  return (
    <fieldset
      className="grid gap-1.5"
      aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined}
    >
      {label && <legend className="mb-1.5 text-s font-medium">{label}</legend>}
      <div className="flex flex-wrap gap-2">
        {options.map(({ value, label: name }) => {
          const isChosen = chosen.includes(value);
          return (
            <label
              key={value}
              className={cn(
                "flex min-h-10 cursor-pointer items-center gap-2 rounded-m border border-edge px-3 text-s has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
                isChosen && "border-accent bg-accent-soft",
              )}
            >
              <input
                type="checkbox"
                checked={isChosen}
                onChange={() =>
                  onChange(
                    options.map((each) => each.value).filter((each) => chosen.includes(each) !== (each === value)),
                  )
                }
                className="size-4 accent-accent"
              />
              {name}
            </label>
          );
        })}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-s text-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
