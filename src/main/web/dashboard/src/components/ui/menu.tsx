import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

import { cn } from "@/lib/cn";

const item =
  "flex min-h-9 cursor-default items-center gap-2 rounded-s px-2 text-s outline-none select-none data-[disabled]:opacity-55 data-[highlighted]:bg-sunken [&_svg]:size-4 [&_svg]:shrink-0";

/** A menu under the button that is its trigger. */
export function Menu({
  trigger,
  children,
  align = "end",
  isOpenAtFirst = false,
  onCloseAutoFocus,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  /** For a menu that is loaded only once somebody reached for it. */
  isOpenAtFirst?: boolean;
  /** Where the focus goes once it is closed, when that is not the trigger. */
  onCloseAutoFocus?: (event: Event) => void;
}) {
  return (
    // A modal one would hide the page from screen readers while its button, which has the page's focus, stays in it.
    <Primitive.Root defaultOpen={isOpenAtFirst} modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          {...(onCloseAutoFocus && { onCloseAutoFocus })}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-m border border-line bg-surface p-1 shadow-raised"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function MenuItem({ className, tone, ...props }: ComponentProps<typeof Primitive.Item> & { tone?: "danger" }) {
  return <Primitive.Item className={cn(item, tone === "danger" && "text-danger", className)} {...props} />;
}

export function MenuCheck({ className, children, ...props }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem className={cn(item, "ps-8 relative", className)} {...props}>
      <Primitive.ItemIndicator className="absolute start-2">
        <Check />
      </Primitive.ItemIndicator>
      {children}
    </Primitive.CheckboxItem>
  );
}

export function MenuLabel(props: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className="px-2 py-1.5 text-xs font-medium text-soft" {...props} />;
}

export function MenuSeparator() {
  return <Primitive.Separator className="my-1 h-px bg-line" />;
}
