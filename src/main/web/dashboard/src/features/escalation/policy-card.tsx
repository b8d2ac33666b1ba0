import { ArrowDown, ArrowUp, Ellipsis, Pencil, Trash2 } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Panel } from "@/components/ui/page";
import { type Policy, scopeInWords, stepInWords } from "@/features/escalation/policy";
import { texts } from "@/features/escalation/texts";
import { useFunnelName, useMemberName } from "@/leads/names";
import { isOwner } from "@/lib/session";

/** A policy as it reads aloud. */
export function PolicyCard({
  policy,
  onChange,
  onRemove,
  onUp,
  onDown,
}: {
  policy: Policy;
  onChange: () => void;
  onRemove: () => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
}) {
  const memberName = useMemberName();
  const funnelName = useFunnelName();
  return (
    <li>
      <Panel
        title={
          <span className="flex flex-wrap items-center gap-2">
            {policy.name}
            {!policy.isActive && <Badge>{texts.isOff}</Badge>}
          </span>
        }
        actions={
          isOwner() && (
            <div className="flex gap-1">
              <Button onClick={onChange}>
                <Pencil /> {texts.edit}
              </Button>
              <Menu
                trigger={
                  <Button variant="quiet" size="icon" aria-label={texts.actions(policy.name)}>
                    <Ellipsis />
                  </Button>
                }
              >
                {onUp && (
                  <MenuItem onSelect={onUp}>
                    <ArrowUp /> {texts.up}
                  </MenuItem>
                )}
                {onDown && (
                  <MenuItem onSelect={onDown}>
                    <ArrowDown /> {texts.down}
                  </MenuItem>
                )}
                <MenuItem tone="danger" onSelect={onRemove}>
                  <Trash2 /> {texts.remove}
                </MenuItem>
              </Menu>
            </div>
          )
        }
      >
        <div className="grid gap-2 p-4">
          <p className="text-s text-soft">{scopeInWords(policy, funnelName)}</p>
          <ol className="grid list-decimal gap-1 ps-5">
            {policy.steps.map((each) => (
              <li key={each.after}>{stepInWords(each, policy.unit, memberName)}.</li>
            ))}
          </ol>
          <p className="text-s">{texts.ending(policy.repeats, policy.repeatAfter, policy.unit)}</p>
        </div>
      </Panel>
    </li>
  );
}
