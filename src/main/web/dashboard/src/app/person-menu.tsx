import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, Keyboard, LogOut } from "lucide-react";

import { Avatar } from "@/components/ui/avatar";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { usePalette } from "@/features/palette/palette-store";
import { chosenBusiness } from "@/lib/api";
import { sessionQuery, signOut, switchBusiness } from "@/lib/session";

/** Who works here, for which business, and the way out. */
export function PersonMenu() {
  const session = useQuery(sessionQuery());
  const showShortcuts = usePalette((state) => state.openHelp);
  if (!session.data) {
    return null;
  }
  const { person, businesses } = session.data;
  const name = person.email ?? "You";
  return (
    <Menu
      align="start"
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
      {businesses.length > 1 && (
        <>
          <MenuLabel>Business</MenuLabel>
          {businesses.map((each) => (
            <MenuCheck key={each.id} checked={each.id === chosenBusiness()} onSelect={() => switchBusiness(each.id)}>
              {each.name ?? "Without a name"}
            </MenuCheck>
          ))}
          <MenuSeparator />
        </>
      )}
      <MenuItem onSelect={showShortcuts}>
        <Keyboard /> Keyboard shortcuts
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut /> Sign out
      </MenuItem>
    </Menu>
  );
}
