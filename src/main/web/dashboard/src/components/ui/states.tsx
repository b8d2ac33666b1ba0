import { CircleAlert, RotateCw } from "lucide-react";
import type { ComponentType, ReactNode } from "react";

import { texts } from "@/components/texts";
import { Button } from "@/components/ui/button";
import { isSignedOut, reason } from "@/lib/api";
import { cn } from "@/lib/cn";

/** What stands where rows will be. */
export function Waiting({
  rows = 5,
  label = "Loading…",
  className,
}: {
  rows?: number;
  label?: string;
  className?: string;
}) {
  return (
    <div role="status" className={cn("grid gap-3 p-4", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} className="h-12" />
      ))}
    </div>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded-m bg-sunken", className)} />;
}

/** Nothing is there: says what would fill it, and offers it. */
export function Empty({
  icon: Icon,
  title,
  children,
  className,
}: {
  icon?: ComponentType<{ className?: string }>;
  title: ReactNode;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div
      data-slot="empty"
      className={cn("mx-auto grid max-w-sm justify-items-center gap-3 px-6 py-14 text-center", className)}
    >
      {Icon && (
        <span className="grid size-12 place-items-center rounded-full bg-accent-soft text-accent-strong">
          <Icon className="size-6" />
        </span>
      )}
      <div className="font-semibold">{title}</div>
      {children && <div className="grid justify-items-center gap-3 text-s text-soft">{children}</div>}
    </div>
  );
}

/** It went wrong: the service's own words, and another try. */
export function Failed({ error, retry, className }: { error: unknown; retry?: () => void; className?: string }) {
  return (
    <div
      role="alert"
      className={cn("mx-auto grid max-w-sm justify-items-center gap-3 px-6 py-14 text-center", className)}
    >
      <span className="grid size-12 place-items-center rounded-full bg-danger-soft text-danger">
        <CircleAlert className="size-6" />
      </span>
      <p className="text-s">{reason(error)}</p>
      {isSignedOut(error) ? (
        <Button asChild size="s">
          <a href="/sign-in" target="_blank" rel="noreferrer">
            {texts.signIn}
          </a>
        </Button>
      ) : (
        retry && (
          <Button size="s" onClick={retry}>
            <RotateCw /> {texts.tryAgain}
          </Button>
        )
      )}
    </div>
  );
}
