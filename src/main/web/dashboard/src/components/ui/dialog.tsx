import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef } from "react";

import { texts } from "@/components/texts";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { useFocusReturn } from "@/lib/use-focus-return";

const FIELDS = "input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled), [role=radio]";

/** A dialog in the middle of a desk, a sheet from below on a phone. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  className,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  className?: string;
}) {
  const focusReturn = useFocusReturn();
  const content = useRef<HTMLDivElement>(null);
  // Whoever opened it to type something types at once; where there is nothing to fill in, the first button has the focus.
  const focusField = (event: Event) => {
    focusReturn.onOpenAutoFocus();
    const field = content.current?.querySelector<HTMLElement>(FIELDS);
    if (field) {
      event.preventDefault();
      field.focus();
    }
  };
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-panel/50" />
        <Primitive.Content
          ref={content}
          {...focusReturn}
          onOpenAutoFocus={focusField}
          {...(description === undefined && { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-x-0 bottom-0 z-50 grid max-h-[92dvh] gap-4 overflow-y-auto rounded-t-l bg-surface p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] shadow-raised sm:inset-x-auto sm:start-1/2 sm:top-1/2 sm:bottom-auto sm:w-[min(34rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-l rtl:sm:translate-x-1/2",
            className,
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <div className="grid gap-1">
              <Primitive.Title className="text-l font-semibold">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description className="text-s text-soft">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <Button variant="quiet" size="icon-s" aria-label={texts.close}>
                <X />
              </Button>
            </Primitive.Close>
          </div>
          {children}
          {footer && <div className="flex flex-wrap justify-end gap-2">{footer}</div>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
