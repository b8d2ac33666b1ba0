import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

import { cn } from "@/lib/cn";

const badge = cva(
  "inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-soft",
        good: "bg-accent-soft text-accent-strong",
        warn: "bg-warn-soft text-warn",
        danger: "bg-danger-soft text-danger",
        email: "bg-email-soft text-email",
        sms: "bg-sms-soft text-sms",
        webhook: "bg-webhook-soft text-webhook",
        solid: "bg-accent text-on-accent",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badge>["tone"]>;

export function Badge({ className, tone, ...props }: ComponentProps<"span"> & VariantProps<typeof badge>) {
  return <span data-slot="badge" className={cn(badge({ tone }), className)} {...props} />;
}
