import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";

import { Page } from "@/components/ui/page";
import { PersonMenu } from "@/features/person";
import { SECTIONS } from "@/features/settings/sections";
import { texts } from "@/features/settings/texts";

/** All there is to set, with what it is for. */
export function SettingsHome() {
  return (
    <Page title={texts.settings}>
      <ul className="grid gap-2 sm:grid-cols-2">
        {SECTIONS.map(({ to, label, about, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className="flex h-full items-center gap-3 rounded-l border border-line bg-surface p-4 hover:border-edge"
            >
              <span className="grid size-10 shrink-0 place-items-center rounded-m bg-accent-soft text-accent-strong">
                <Icon className="size-5" />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{label}</span>
                <span className="block text-s text-soft">{about}</span>
              </span>
              <ChevronRight className="size-4 text-soft rtl:rotate-180" />
            </Link>
          </li>
        ))}
      </ul>
      {/* At a desk it stands in the side bar. */}
      <div className="mt-4 rounded-l border border-line bg-surface p-2 md:hidden">
        <PersonMenu />
      </div>
    </Page>
  );
}
