import { Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";

import { SECTIONS } from "@/features/settings/sections";
import { texts } from "@/features/settings/texts";
import { cn } from "@/lib/cn";

const entry =
  "flex h-9 items-center gap-2.5 rounded-m px-2.5 text-s text-soft hover:bg-sunken hover:text-ink [&_svg]:size-4 data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-strong";

/** The settings: their list beside the page at a desk, one at a time on a phone. */
export function SettingsLayout() {
  const isHome = !!useMatchRoute()({ to: "/settings" });
  return (
    <div className="flex min-h-full flex-col lg:flex-row">
      <nav aria-label={texts.settings} className="hidden w-56 shrink-0 border-e border-line p-3 lg:block">
        <ul className="sticky top-3 grid gap-0.5">
          {SECTIONS.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} className={entry}>
                <Icon /> {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0 flex-1">
        <Link
          to="/settings"
          className={cn("flex items-center gap-1 px-3 pt-3 text-s text-accent lg:hidden", isHome && "hidden")}
        >
          <ChevronLeft className="size-4 rtl:rotate-180" /> {texts.settings}
        </Link>
        <Outlet />
      </div>
    </div>
  );
}
