import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";

import { Avatar } from "@/components/ui/avatar";
import { late } from "@/components/ui/late";
import { LateMenu } from "@/components/ui/late-menu";
import { sessionQuery } from "@/lib/session";

const PersonActions = late(async () => (await import("@/features/person/person-actions")).PersonActions);

/** Who works here, for which business, and the way out. */
export function PersonMenu() {
  const session = useQuery(sessionQuery());
  if (!session.data) {
    return null;
  }
  const name = session.data.person.email ?? "You";
  return (
    <LateMenu
      trigger={
        <button
          type="button"
          className="flex h-12 w-full items-center gap-2.5 rounded-m px-2 text-start hover:bg-sunken"
        >
          <Avatar name={name} />
          <span className="min-w-0 flex-1 truncate text-s">{name}</span>
          <ChevronsUpDown className="size-4 text-soft" />
        </button>
      }
    >
      {(trigger) => <PersonActions trigger={trigger} />}
    </LateMenu>
  );
}
