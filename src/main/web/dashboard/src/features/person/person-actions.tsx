import { useMutation, useQuery } from "@tanstack/react-query";
import { Keyboard, LogOut, MonitorX } from "lucide-react";
import type { ReactElement } from "react";

import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { usePalette } from "@/features/palette";
import { texts } from "@/features/person/texts";
import { chosenBusiness } from "@/lib/api";
import { notify } from "@/lib/notify";
import { sessionQuery, signOut, signOutElsewhere, switchBusiness } from "@/lib/session";

/** The menu of who works here. */
export function PersonActions({ trigger }: { trigger: ReactElement }) {
  const businesses = useQuery(sessionQuery()).data?.businesses ?? [];
  const showShortcuts = usePalette((state) => state.openHelp);
  const elsewhere = useMutation({
    mutationFn: signOutElsewhere,
    onSuccess: () => notify({ title: texts.signedOutElsewhere, tone: "good" }),
  });
  return (
    <Menu align="start" isOpenAtFirst trigger={trigger}>
      {businesses.length > 1 && (
        <>
          <MenuLabel>{texts.business}</MenuLabel>
          {businesses.map((each) => (
            <MenuCheck key={each.id} checked={each.id === chosenBusiness()} onSelect={() => switchBusiness(each.id)}>
              {each.name ?? texts.nameless}
            </MenuCheck>
          ))}
          <MenuSeparator />
        </>
      )}
      <MenuItem onSelect={showShortcuts}>
        <Keyboard /> {texts.keyboardShortcuts}
      </MenuItem>
      <MenuItem onSelect={() => elsewhere.mutate()}>
        <MonitorX /> {texts.signOutElsewhere}
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut /> {texts.signOut}
      </MenuItem>
    </Menu>
  );
}
