import { Braces } from "lucide-react";
import { useRef } from "react";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import { type Placeholder, PLACEHOLDERS } from "@/features/templates/template";
import { texts } from "@/features/templates/texts";

const GROUPS = Object.keys(PLACEHOLDERS) as (keyof typeof PLACEHOLDERS)[];

/** Offers what can be filled in; the field takes the focus back once one is chosen. */
export function PlaceholderMenu({ onChosen }: { onChosen: (placeholder: Placeholder) => void }) {
  const chosen = useRef<Placeholder>(undefined);
  return (
    <Menu
      align="start"
      onCloseAutoFocus={(event) => {
        if (chosen.current) {
          // Until it is closed the menu holds the focus, and the field's caret could not be set.
          event.preventDefault();
          onChosen(chosen.current);
          chosen.current = undefined;
        }
      }}
      trigger={
        <Button size="s">
          <Braces /> {texts.insert}
        </Button>
      }
    >
      {GROUPS.map((group) => (
        <div key={group} role="group" aria-label={texts.groups[group]}>
          <MenuLabel>{texts.groups[group]}</MenuLabel>
          {PLACEHOLDERS[group].map((each) => (
            <MenuItem key={each} onSelect={() => (chosen.current = each)}>
              <span className="flex-1">{texts.placeholders[each]}</span>
              <code className="hidden text-xs text-soft sm:inline">{each.split(" ")[0]}</code>
            </MenuItem>
          ))}
        </div>
      ))}
    </Menu>
  );
}
