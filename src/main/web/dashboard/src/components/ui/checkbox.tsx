import { Check, Minus } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps } from "react";

import { useField } from "@/components/ui/field";
import { cn } from "@/lib/cn";

export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="checkbox"
      {...useField()}
      className={cn(
        "group inline-grid size-5 shrink-0 place-items-center rounded-s border border-edge bg-surface text-on-accent data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator>
        <Minus className="hidden size-3.5 group-data-[state=indeterminate]:block" />
        <Check className="hidden size-3.5 group-data-[state=checked]:block" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
