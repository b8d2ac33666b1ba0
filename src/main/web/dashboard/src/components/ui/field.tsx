import { type ComponentProps, createContext, type ReactNode, useContext, useId } from "react";

import { cn } from "@/lib/cn";

interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

const Ids = createContext<FieldIds | undefined>(undefined);

/** A label, what it is for, its control and what is wrong with it; the control inside finds its ids by itself. */
export function Field({
  label,
  hint,
  error,
  optional = false,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div data-slot="field" className={cn("grid gap-1.5", className)}>
      <label htmlFor={id} className="text-s font-medium">
        {label}
        {optional && <span className="font-normal text-soft"> (optional)</span>}
      </label>
      <Ids value={{ id, describedBy, invalid: error !== undefined }}>{children}</Ids>
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
    </div>
  );
}

/** What ties a control to the field around it. */
export function useField() {
  const ids = useContext(Ids);
  return ids === undefined
    ? {}
    : {
        id: ids.id,
        ...(ids.describedBy && { "aria-describedby": ids.describedBy }),
        ...(ids.invalid && { "aria-invalid": true as const }),
      };
}

const control =
  "w-full rounded-m border border-edge bg-surface px-3 text-m text-ink placeholder:text-soft aria-invalid:border-danger disabled:opacity-55";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input data-slot="input" {...useField()} className={cn(control, "h-10", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      data-slot="textarea"
      {...useField()}
      className={cn(control, "field-sizing-content min-h-24 py-2", className)}
      {...props}
    />
  );
}

/** The platform's own list of choices: on a phone nothing is better. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select data-slot="select" {...useField()} className={cn(control, "h-10 pe-8", className)} {...props} />;
}
