import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";

import { cn } from "@/lib/cn";

const button = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-m font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent-strong",
        outline: "border border-line bg-surface text-ink hover:border-edge hover:bg-sunken",
        quiet: "text-ink hover:bg-sunken",
        danger: "border border-danger/40 bg-surface text-danger hover:bg-danger-soft",
        link: "h-auto! px-0! text-accent underline underline-offset-4 hover:text-accent-strong",
      },
      size: {
        s: "h-8 px-2.5 text-s",
        m: "h-10 px-3.5 text-s",
        l: "h-13 px-5 text-m",
        icon: "size-10 [&_svg]:size-5",
        "icon-s": "size-8 [&_svg]:size-4",
      },
    },
    defaultVariants: { variant: "outline", size: "m" },
  },
);

/** A button, or with `asChild` a link that looks like one. */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  ...props
}: ComponentProps<"button"> & VariantProps<typeof button> & { asChild?: boolean }) {
  const Element = asChild ? Slot.Root : "button";
  return (
    <Element
      data-slot="button"
      {...(asChild ? {} : { type: "button" as const })}
      className={cn(button({ variant, size }), className)}
      {...props}
    />
  );
}
