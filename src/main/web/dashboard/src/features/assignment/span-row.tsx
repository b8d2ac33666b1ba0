import { X } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { MemberSelect } from "@/features/assignment/member-select";
import type { Member } from "@/features/assignment/assignment";
import { texts } from "@/features/assignment/texts";
import { asClock, asClosing } from "@/features/business";

export interface SpanLabels {
  readonly who: string;
  readonly from: string;
  readonly to: string;
  readonly remove: string;
}

/** From when to when somebody is on duty: a shift, or an exception with its date in front. */
export function SpanRow<Span extends { id: number; from: string; to: string; memberId: string | null }>({
  span,
  labels,
  members,
  none,
  error,
  disabled,
  before,
  onChange,
  onRemove,
}: {
  span: Span;
  labels: SpanLabels;
  members: readonly Member[];
  none?: string;
  error: string | undefined;
  disabled: boolean;
  before?: ReactNode;
  onChange: (span: Span) => void;
  onRemove: () => void;
}) {
  const wrong = error ? { "aria-invalid": true as const, "aria-describedby": `duty-${span.id}` } : {};
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-center gap-1 sm:gap-2">
        {before}
        <MemberSelect
          className="basis-full"
          aria-label={labels.who}
          value={span.memberId}
          members={members}
          {...(none !== undefined && { none })}
          onChange={(memberId) => onChange({ ...span, memberId })}
          {...wrong}
        />
        <Input
          type="time"
          className="max-w-34 min-w-0 flex-1 px-1.5 sm:px-3"
          aria-label={labels.from}
          value={span.from}
          onChange={(event) => onChange({ ...span, from: event.target.value })}
          {...wrong}
        />
        <span aria-hidden className="text-s text-soft">
          {texts.until}
        </span>
        <Input
          type="time"
          className="max-w-34 min-w-0 flex-1 px-1.5 sm:px-3"
          aria-label={labels.to}
          value={asClock(span.to)}
          onChange={(event) => onChange({ ...span, to: asClosing(event.target.value) })}
          {...wrong}
        />
        {!disabled && (
          <Button variant="quiet" size="icon-s" aria-label={labels.remove} onClick={onRemove}>
            <X />
          </Button>
        )}
      </div>
      {error && (
        <p id={`duty-${span.id}`} role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
