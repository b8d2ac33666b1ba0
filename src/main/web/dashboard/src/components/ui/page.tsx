import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

/** The frame of every page but the inbox: a title, what can be done, and the content in a readable width. */
export function Page({
  title,
  description,
  actions,
  children,
  wide = false,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  return (
    <div className={cn("mx-auto grid w-full grid-cols-1 gap-5 p-4 pb-24 md:p-8", wide ? "max-w-6xl" : "max-w-3xl")}>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid min-w-0 flex-1 basis-64 gap-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          {description && <p className="max-w-prose text-s text-soft">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A panel on a page. */
export function Panel({
  className,
  title,
  actions,
  children,
}: {
  className?: string;
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={cn("rounded-l border border-line bg-surface", className)}>
      {(title || actions) && (
        <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-3">
          <h2 className="font-semibold">{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}
