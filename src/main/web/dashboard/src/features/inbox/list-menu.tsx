import { type ReactElement, useState } from "react";

import { late, LatePlace } from "@/components/ui/late";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { texts } from "@/features/inbox/texts";
import { type Inbox, useInboxNavigation } from "@/features/inbox/use-inbox";
import { asParameters, type Sort } from "@/leads/filter";
import { mayWrite } from "@/lib/session";

const SaveView = late(async () => (await import("@/features/inbox/save-view")).SaveView);
const DeleteView = late(async () => (await import("@/features/inbox/delete-view")).DeleteView);

const SORTS: readonly Sort[] = ["newest", "oldest", "time-left"];

type Asked = "save" | "change" | "delete";

/** In which order leads are shown, and what becomes of the view. */
export function ListMenu({
  inbox,
  onSelectAll,
  trigger,
}: {
  inbox: Inbox;
  onSelectAll: (() => void) | undefined;
  trigger: ReactElement;
}) {
  const { narrow } = useInboxNavigation();
  const { saved, filter, sort, shown, isNarrowed } = inbox;
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const kept = { ...asParameters(filter), ...(shown.sort && { sort: shown.sort }) };
  // What is everybody's is not for viewers to change.
  const own = saved && (mayWrite() || !saved.isShared) ? saved : undefined;
  return (
    <>
      <Menu isOpenAtFirst trigger={trigger}>
        <MenuLabel>{texts.menu.order}</MenuLabel>
        {SORTS.map((each) => (
          <MenuCheck key={each} checked={each === sort} onSelect={() => narrow({ sort: each })}>
            {texts.sorts[each]}
          </MenuCheck>
        ))}
        <MenuSeparator />
        {onSelectAll && <MenuItem onSelect={onSelectAll}>{texts.menu.selectShown}</MenuItem>}
        <MenuItem onSelect={() => setAsked("save")}>{texts.menu.save}</MenuItem>
        {own && <MenuItem onSelect={() => setAsked("change")}>{texts.menu.change}</MenuItem>}
        {own && (
          <MenuItem tone="danger" onSelect={() => setAsked("delete")}>
            {texts.menu.delete}
          </MenuItem>
        )}
      </Menu>
      {asked && (
        <LatePlace onFailed={close}>
          {asked === "save" && <SaveView filter={kept} isNarrowed={false} onClose={close} />}
          {asked === "change" && own && <SaveView filter={kept} view={own} isNarrowed={isNarrowed} onClose={close} />}
          {asked === "delete" && own && <DeleteView view={own} onClose={close} />}
        </LatePlace>
      )}
    </>
  );
}
